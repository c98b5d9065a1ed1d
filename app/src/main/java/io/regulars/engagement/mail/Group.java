package io.regulars.engagement.mail;

import io.regulars.engagement.content.CampaignContents;
import io.regulars.engagement.content.MailContent;
import io.regulars.engagement.law.MailLaws;
import io.regulars.engagement.law.MailRules;
import io.regulars.engagement.senderdomain.SenderDomains;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantTx;
import io.regulars.tenancy.tenants.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a group of messages is judged by and written from, read at once for all of them. It counts
 * along what leaves of it.
 */
final class Group {

    private static final Duration DAY = Duration.ofHours(24);

    private final Tenant tenant;
    private final MailLaws laws;
    private final boolean planUsedUp;
    private final Map<UUID, Member> members;
    private final Set<String> suppressed;
    private final Set<UUID> resting;
    private final Set<UUID> lapsesEnded;
    private final Map<String, Integer> advertised;
    private final Wishes wishes;
    private final Standings standings;
    private final Map<UUID, Map<String, MailContent>> contents;
    private final Occasions occasions;
    private final Optional<String> ownAddress;

    /**
     * What comes from outside of the shop's data.
     *
     * @param planUsedUp whether the shop's plan has no mails left
     */
    record Outside(Programs programs, MailLaws laws, boolean planUsedUp) {}

    private Group(
            TenantTx tx,
            Tenant tenant,
            List<MessageRow> due,
            Map<UUID, Member> members,
            Outside outside) {
        this.tenant = tenant;
        this.laws = outside.laws();
        this.planUsedUp = outside.planUsedUp();
        this.members = members;
        List<String> addresses =
                members.values().stream()
                        .flatMap(member -> Stream.ofNullable(member.email()))
                        .toList();
        List<UUID> campaigns =
                due.stream()
                        .flatMap(message -> Stream.ofNullable(message.campaignId()))
                        .distinct()
                        .toList();
        List<UUID> advertisedTo =
                due.stream()
                        .filter(MessageRow::isAdvertising)
                        .map(message -> message.memberId().uuid())
                        .distinct()
                        .toList();
        this.suppressed = new Suppressions(tx).among(addresses);
        this.resting = new MailedCampaignDao(tx).notActive(campaigns);
        this.lapsesEnded = Lapses.ended(tx, due, members);
        this.advertised =
                new HashMap<>(
                        new MemberMailDao(tx).advertisedSince(advertisedTo, tx.now().minus(DAY)));
        this.wishes = Wishes.of(tx, members.values().stream().map(Member::id).toList());
        this.contents = CampaignContents.of(tx, campaigns);
        this.standings =
                Standings.of(
                        tx,
                        outside.programs().history(tx),
                        members.keySet(),
                        due.stream()
                                .filter(this::tellsOfTheWay)
                                .map(message -> message.memberId().uuid())
                                .distinct()
                                .toList());
        this.occasions = Occasions.of(tx, due);
        this.ownAddress = SenderDomains.verifiedAddress(tx);
    }

    static Group of(TenantTx tx, Tenant tenant, List<MessageRow> due, Outside outside) {
        Map<UUID, Member> members =
                MemberDirectory.all(tx, due.stream().map(MessageRow::memberId).distinct().toList())
                        .stream()
                        .collect(
                                Collectors.toMap(
                                        member -> member.id().uuid(), Function.identity()));
        return new Group(tx, tenant, due, members, outside);
    }

    @Nullable Member member(MessageRow message) {
        return members.get(message.memberId().uuid());
    }

    DepartureCheck.Circumstances circumstances(
            MessageRow message, @Nullable Member member, Instant now) {
        String address = member == null ? null : member.email();
        return new DepartureCheck.Circumstances(
                message.campaignId() == null || !resting.contains(message.campaignId()),
                tenant.sendingHalted(),
                tenant.profile().missingOfSenderIdentity().isEmpty(),
                address != null && suppressed.contains(address),
                lapsesEnded.contains(message.id().uuid()),
                member == null || wishes.wants(member.id(), Topic.of(message.kind())),
                address == null ? 0 : advertised.getOrDefault(address, 0),
                planUsedUp,
                now);
    }

    /** Counts a message that leaves: the next one to the same address is one more. */
    void leaves(MessageRow message, String address) {
        if (message.isAdvertising()) {
            advertised.merge(address, 1, Integer::sum);
        }
    }

    MailRules rules(Member member) {
        return laws.between(tenant.country(), member);
    }

    ZoneId zone(Member member) {
        return member.timeZone() == null ? tenant.zone() : ZoneId.of(member.timeZone());
    }

    boolean countsClicks(Member member) {
        return wishes.letsClicksBeCounted(member.id());
    }

    Standings standings() {
        return standings;
    }

    Occasions occasions() {
        return occasions;
    }

    /** The shop's own address, where mail may come from it. */
    Optional<String> ownAddress() {
        return ownAddress;
    }

    /** Whether the mail may tell how far the member is on the way to tiers and rewards. */
    boolean tellsOfTheWay(MessageRow message) {
        return message.kind().equals("monthly_progress") || !content(message).isEmpty();
    }

    /** What the shop wrote itself for this message, by language; empty for the built-in mail. */
    Map<String, MailContent> content(MessageRow message) {
        return message.campaignId() == null
                ? Map.of()
                : contents.getOrDefault(message.campaignId(), Map.of());
    }
}
