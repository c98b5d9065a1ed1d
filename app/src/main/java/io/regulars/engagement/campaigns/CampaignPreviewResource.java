package io.regulars.engagement.campaigns;

import io.dropwizard.auth.Auth;
import io.regulars.engagement.campaigns.PreviewCampaign.Cost;
import io.regulars.engagement.campaigns.PreviewCampaign.Preview;
import io.regulars.engagement.mail.Rehearsal;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Path("/v1/campaigns/{id}/preview")
@Tag(name = "Campaigns")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class CampaignPreviewResource {

    private final PreviewCampaign preview;

    CampaignPreviewResource(PreviewCampaign preview) {
        this.preview = preview;
    }

    @POST
    @AllowedTo(Audience.MARKETING)
    @Returns(CampaignPreview.class)
    @Operation(
            summary =
                    "Who would get the mail next, who not and why, what it may cost, and how it looks",
            description =
                    "Counts the next day on which somebody is due; for kinds that answer to events, what would become of"
                            + " everybody. Writes the mail as the named member would get it, or somebody made up while there is no member. Nothing is kept, and its links lead nowhere.")
    public CampaignPreview preview(
            @Auth Caller caller, @PathParam("id") String id, @Nullable PreviewRequest body) {
        return CampaignPreview.of(
                preview.preview(caller.tenant(), id, body == null ? null : body.member()));
    }

    /**
     * @param member whom to write the mail for; absent: one who would get it
     */
    record PreviewRequest(@Nullable MemberKey member) {}

    record CampaignPreview(
            @Nullable Instant nextAt,
            int audience,
            int planned,
            Map<String, Integer> skipped,
            boolean complete,
            CampaignCost cost,
            SampleMail mail) {

        static CampaignPreview of(Preview preview) {
            Cost cost = preview.cost();
            return new CampaignPreview(
                    preview.nextAt(),
                    preview.audience(),
                    preview.planned(),
                    preview.skipped(),
                    preview.complete(),
                    new CampaignCost(
                            cost.mails(),
                            cost.vouchers(),
                            cost.each(),
                            cost.atMost(),
                            cost.currency(),
                            cost.points()),
                    SampleMail.of(preview.reader(), preview.mail()));
        }
    }

    /**
     * @param each what a voucher is worth, in minor units; a percentage is taken of the average
     *     purchase
     */
    record CampaignCost(
            int mails,
            int vouchers,
            @Nullable Long each,
            @Nullable Long atMost,
            String currency,
            long points) {}

    /**
     * @param member whom it is written for; absent: somebody made up, while there is no member
     */
    record SampleMail(
            @Nullable MemberId member, String locale, String subject, String html, String text) {

        static SampleMail of(@Nullable MemberId reader, Rehearsal.Written mail) {
            return new SampleMail(reader, mail.locale(), mail.subject(), mail.html(), mail.text());
        }
    }
}
