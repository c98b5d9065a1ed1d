package io.regulars.engagement.campaigns;

import io.regulars.engagement.campaigns.CampaignKind.Due;
import io.regulars.engagement.campaigns.DailySlots.Slot;
import io.regulars.engagement.campaigns.PlanMessages.Screened;
import io.regulars.engagement.mail.MessageId;
import io.regulars.engagement.mail.Messages;
import io.regulars.engagement.mail.Messages.Told;
import io.regulars.engagement.mail.SkipReason;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why a member did, will, or did not get the mail of a campaign. */
final class ExplainCampaign {

    /** A birthday of 29 February comes within the year, because it has a stand-in. */
    private static final int DAYS_AHEAD = 368;

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Pattern DAY_OR_MONTH =
            Pattern.compile("(\\d{4}-\\d{2}(-\\d{2})?)(/\\d+)?");
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH);

    private final TenantDb tenants;
    private final CampaignKinds kinds;
    private final PlanMessages messages;

    ExplainCampaign(TenantDb tenants, CampaignKinds kinds, PlanMessages messages) {
        this.tenants = tenants;
        this.kinds = kinds;
        this.messages = messages;
    }

    /** What is to be said of a member: they got it, will get it, … */
    enum Verdict {
        GOT,
        WILL_GET,
        DID_NOT_GET,
        WILL_NOT_GET,
        NOT_DUE
    }

    /**
     * The answer.
     *
     * @param reason why not; the same words as in messages
     * @param message the latest one of this campaign to the member
     * @param at when it was sent, or comes next
     */
    record Explanation(
            CampaignId campaign,
            MemberId member,
            Verdict verdict,
            String sentence,
            @Nullable String reason,
            @Nullable MessageId message,
            @Nullable String occurrence,
            @Nullable Instant at) {}

    Explanation explain(TenantRef side, String id, MemberKey key) {
        return tenants.inTransaction(
                side,
                tx -> {
                    Campaign campaign = PreviewCampaign.find(tx, id);
                    Member member = MemberDirectory.require(tx, key, "/member");
                    return tx.within(PATIENCE, () -> explain(tx, campaign, member));
                });
    }

    private Explanation explain(TenantTx tx, Campaign campaign, Member member) {
        Explanation ahead = ahead(tx, campaign, member);
        Optional<Told> told = Messages.latest(tx, campaign.id().uuid(), member.id());
        return told.map(message -> told(tx, ahead, message, member)).orElse(ahead);
    }

    /** What its latest message says, and then what is to come. */
    private Explanation told(TenantTx tx, Explanation ahead, Told message, Member member) {
        ZoneId zone = zone(tx, member);
        Instant at = message.sentAt() == null ? message.dueAt() : message.sentAt();
        String about = about(message.occurrence());
        String said =
                switch (message.state()) {
                    case "sent" -> "The member got it on " + when(at, zone) + about + ".";
                    case "planned", "sending", "retry" ->
                            "It is planned for " + when(at, zone) + about + ".";
                    case "unknown" ->
                            "The member may have got it on "
                                    + when(at, zone)
                                    + about
                                    + ": the connection broke off before the relay confirmed it.";
                    case "failed" ->
                            "It could not be delivered" + about + ": " + message.reason() + ".";
                    default ->
                            "The member did not get it"
                                    + about
                                    + ", because "
                                    + because(message.reason())
                                    + ".";
                };
        Verdict verdict =
                switch (message.state()) {
                    case "sent", "unknown" -> Verdict.GOT;
                    case "planned", "sending", "retry" -> Verdict.WILL_GET;
                    default -> Verdict.DID_NOT_GET;
                };
        return new Explanation(
                ahead.campaign(),
                ahead.member(),
                verdict,
                said + " " + ahead.sentence(),
                message.reason(),
                message.id(),
                message.occurrence(),
                at);
    }

    private Explanation ahead(TenantTx tx, Campaign campaign, Member member) {
        if (campaign.state() == Campaign.State.CANCELLED) {
            return of(campaign, member, Verdict.NOT_DUE, "The campaign was cancelled.", null, null);
        }
        String condition =
                switch (campaign.state()) {
                    case DRAFT -> " Nothing leaves before the campaign is activated.";
                    case PAUSED -> " Nothing leaves before the campaign is resumed.";
                    default -> "";
                };
        Due anyDay = new Due(member.id(), "");
        if (messages.audience(tx, campaign, List.of(anyDay)).isEmpty()) {
            return refused(campaign, member, SkipReason.NOT_IN_SEGMENT, condition);
        }
        Optional<EventKind> answering = kinds.answering(campaign);
        return answering.isPresent()
                ? answering(tx, campaign, member, answering.get(), condition)
                : byDay(tx, campaign, member, condition);
    }

    private Explanation answering(
            TenantTx tx, Campaign campaign, Member member, EventKind kind, String condition) {
        return asIfDueNow(tx, campaign, member)
                .map(reason -> refused(campaign, member, reason, condition))
                .orElseGet(() ->
                        of(
                                campaign,
                                member,
                                Verdict.NOT_DUE,
                                "The member gets it at once after the next "
                                        + kind.event()
                                        + " while the campaign runs"
                                        + unlessSpent(tx, campaign)
                                        + "."
                                        + condition,
                                null,
                                null));
    }

    /** Why the member would get nothing if they were due at this moment. */
    private Optional<SkipReason> asIfDueNow(TenantTx tx, Campaign campaign, Member member) {
        ZoneId zone = zone(tx, member);
        Slot now = new Slot(LocalTimes.day(tx.now(), zone), zone, tx.now(), tx.now());
        return new Dues(tx, kinds, messages)
                .asIfDue(campaign, now, List.of(member.id())).stream()
                        .findFirst()
                        .map(Screened::reason);
    }

    private Explanation byDay(TenantTx tx, Campaign campaign, Member member, String condition) {
        ZoneId zone = zone(tx, member);
        CampaignKind kind = kinds.of(campaign);
        Dues dues = new Dues(tx, kinds, messages);
        Instant from = tx.now();
        for (int day = 0; day < DAYS_AHEAD; day++) {
            Instant until = from.plus(Duration.ofDays(1));
            for (Slot slot : kind.slots(campaign.definition(), List.of(zone), from, until)) {
                boolean looks = kind.nextDay(campaign.definition(), slot.day()).equals(slot.day());
                Optional<Screened> found =
                        looks ? dues.of(campaign, slot, member.id()) : Optional.empty();
                if (found.isPresent() && !isDelay(kind, found.get())) {
                    return found(tx, campaign, member, found.get(), condition);
                }
            }
            from = until;
        }
        // Whoever may not be written to is not even looked for by some kinds. What else they get
        // today is no reason for it.
        return asIfDueNow(tx, campaign, member)
                .filter(reason -> reason != SkipReason.FREQUENCY_CAP)
                .map(reason -> refused(campaign, member, reason, condition))
                .orElseGet(() ->
                        of(
                                campaign,
                                member,
                                Verdict.NOT_DUE,
                                "As things are, the member is not due within a year." + condition,
                                null,
                                null));
    }

    /** Whether it gives way on that day only, and comes on a later one. */
    private static boolean isDelay(CampaignKind kind, Screened found) {
        return found.reason() == SkipReason.FREQUENCY_CAP && kind.canComeLater();
    }

    private static Explanation found(
            TenantTx tx, Campaign campaign, Member member, Screened found, String condition) {
        String day = when(found.leavesAt(), zone(tx, member));
        return found.reason() == null
                ? of(
                        campaign,
                        member,
                        Verdict.WILL_GET,
                        "The member will get it on "
                                + day
                                + unlessSpent(tx, campaign)
                                + "."
                                + condition,
                        null,
                        found.leavesAt())
                : of(
                        campaign,
                        member,
                        Verdict.WILL_NOT_GET,
                        "The member will not get it on "
                                + day
                                + ", because "
                                + found.reason().sentence()
                                + "."
                                + condition,
                        found.reason().key(),
                        found.leavesAt());
    }

    /** Who is due before, or beside them, is not known until then. */
    private static String unlessSpent(TenantTx tx, Campaign campaign) {
        long left = OfferBudget.left(tx, campaign);
        return left <= 0
                ? ""
                : ", unless what is left of the budget ("
                        + left
                        + ") has been given to others by then";
    }

    /** What a message was about, where people have a word for it: ids tell them nothing. */
    private static String about(String occurrence) {
        if (occurrence.startsWith(Messages.LAPSE)) {
            return " for the silence since " + occurrence.substring(Messages.LAPSE.length());
        }
        Matcher day = DAY_OR_MONTH.matcher(occurrence);
        return day.matches() ? " for " + day.group(1) : "";
    }

    private static Explanation refused(
            Campaign campaign, Member member, SkipReason reason, String condition) {
        return of(
                campaign,
                member,
                Verdict.WILL_NOT_GET,
                "As things are, the member does not get it, because "
                        + reason.sentence()
                        + "."
                        + condition,
                reason.key(),
                null);
    }

    private static Explanation of(
            Campaign campaign,
            Member member,
            Verdict verdict,
            String sentence,
            @Nullable String reason,
            @Nullable Instant at) {
        return new Explanation(
                campaign.id(), member.id(), verdict, sentence, reason, null, null, at);
    }

    private static String because(@Nullable String reason) {
        return reason == null
                ? "of an unknown reason"
                : SkipReason.named(reason).map(SkipReason::sentence).orElse(reason);
    }

    private static String when(Instant at, ZoneId zone) {
        return ZonedDateTime.ofInstant(at, zone).format(WHEN) + " (" + zone.getId() + ")";
    }

    private static ZoneId zone(TenantTx tx, Member member) {
        return member.timeZone() == null ? tx.tenant().zone() : ZoneId.of(member.timeZone());
    }
}
