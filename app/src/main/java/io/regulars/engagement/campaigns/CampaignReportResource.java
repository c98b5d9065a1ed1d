package io.regulars.engagement.campaigns;

import io.dropwizard.auth.Auth;
import io.regulars.engagement.mail.SkipReason;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

@Path("/v1/campaigns/{id}/report")
@Tag(name = "Campaigns")
@Produces(MediaType.APPLICATION_JSON)
public final class CampaignReportResource {

    private static final int USUAL_WINDOW = 14;
    private static final int LONGEST_WINDOW = 365;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final TenantDb tenants;

    CampaignReportResource(TenantDb tenants) {
        this.tenants = tenants;
    }

    @GET
    @AllowedTo(Audience.READERS)
    @Returns(CampaignFigures.class)
    @Operation(
            summary =
                    "What a campaign has done: mails, vouchers, revenue, and those who got it against those held out",
            description =
                    "window_days (14) is how long after the mail a purchase counts. The comparison takes members whose window"
                            + " is over, each once; the interval holds in 95 of 100 cases.")
    public CampaignFigures report(
            @Auth Caller caller,
            @PathParam("id") String id,
            @QueryParam("window_days") @Nullable String windowDays) {
        int days = window(windowDays);
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    Campaign campaign = PreviewCampaign.find(tx, id);
                    return tx.within(PATIENCE, () -> report(tx, campaign, days));
                });
    }

    private static int window(@Nullable String text) {
        int days =
                text == null ? USUAL_WINDOW : text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        if (days < 1 || days > LONGEST_WINDOW) {
            throw Problem.invalid(
                    "?window_days", "out_of_range", "Must be 1 to " + LONGEST_WINDOW + " days.");
        }
        return days;
    }

    private static CampaignFigures report(TenantTx tx, Campaign campaign, int days) {
        ReportDao dao = new ReportDao(tx, campaign.id());
        Map<String, Long> states = dao.states();
        Map<String, Long> skipped = new TreeMap<>(dao.skipped());
        long withoutConsent = dao.withoutConsent();
        if (withoutConsent > 0) {
            skipped.merge(SkipReason.NO_CONSENT.key(), withoutConsent, Long::sum);
        }
        Map<String, Long> answers = dao.answers();
        Map<String, Long> vouchers = dao.vouchers();
        return new CampaignFigures(
                campaign.id(),
                days,
                dao.audience(),
                states.entrySet().stream()
                        .filter(state -> !state.getKey().equals("skipped"))
                        .mapToLong(Map.Entry::getValue)
                        .sum(),
                states.getOrDefault("sent", 0L),
                skipped,
                states.getOrDefault("failed", 0L),
                answers.getOrDefault("bounced", 0L),
                answers.getOrDefault("complained", 0L),
                answers.getOrDefault("clicked", 0L),
                states.getOrDefault("unknown", 0L),
                vouchers.getOrDefault("issued", 0L),
                vouchers.getOrDefault("used", 0L),
                vouchers.getOrDefault("discount", 0L),
                dao.points(),
                dao.revenue(days),
                CampaignComparison.of(dao.lift(days), days));
    }

    /**
     * The figures of a campaign.
     *
     * @param planned how many mails were not passed over: they wait, were sent, failed, or may have
     *     arrived
     * @param clicked how many mails somebody followed a link of whose clicks may be counted
     * @param redeemed how many of its vouchers were used
     * @param points that were given with its mails
     * @param revenue what those who got it spent in the window, in minor units
     */
    record CampaignFigures(
            CampaignId campaign,
            int windowDays,
            long audience,
            long planned,
            long sent,
            Map<String, Long> skipped,
            long failed,
            long bounced,
            long complained,
            long clicked,
            long unknown,
            long vouchers,
            long redeemed,
            long discount,
            long points,
            long revenue,
            CampaignComparison comparison) {}

    /**
     * Those who got it against those held out.
     *
     * @param difference of the shares; with the bounds absent while there is nobody to compare
     * @param needed about how many more members it takes to prove what is seen
     */
    record CampaignComparison(
            BuyingShare treated,
            BuyingShare heldOut,
            @Nullable Double difference,
            @Nullable Double lower,
            @Nullable Double upper,
            boolean proven,
            long needed,
            String sentence) {

        static CampaignComparison of(Lift lift, int days) {
            boolean measured = lift.isMeasured();
            return new CampaignComparison(
                    BuyingShare.of(lift.treated()),
                    BuyingShare.of(lift.heldOut()),
                    measured ? lift.difference() : null,
                    measured ? lift.lower() : null,
                    measured ? lift.upper() : null,
                    lift.isProven(),
                    lift.needed(),
                    lift.sentence(days));
        }
    }

    /** How many of how many bought. */
    record BuyingShare(long members, long bought, double share) {

        static BuyingShare of(Lift.Group group) {
            return new BuyingShare(group.members(), group.bought(), group.share());
        }
    }
}
