package io.regulars.engagement.campaigns;

import io.regulars.engagement.mail.Messages;
import io.regulars.engagement.mail.Messages.MessageClass;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.purchases.RecentBuyers;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.ids.TypeIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who has just bought. A purchase that a till tells of a day late is not thanked for, and without
 * an offer the mail is no advertising.
 */
final class ThankYouCampaign implements EventKind {

    private static final int LONGEST_PAUSE = 365;

    @Override
    public Campaign.Kind key() {
        return Campaign.Kind.THANK_YOU;
    }

    @Override
    public String message() {
        return "thank_you";
    }

    @Override
    public String event() {
        return "purchase.recorded";
    }

    @Override
    public Set<String> fields() {
        return Set.of("days_between");
    }

    @Override
    public void check(Campaign.Schedule schedule, List<FieldError> errors) {
        daysBetween(schedule, errors);
    }

    static void daysBetween(Campaign.Schedule schedule, List<FieldError> errors) {
        Integer days = schedule.daysBetween();
        if (days != null && (days < 0 || days > LONGEST_PAUSE)) {
            errors.add(
                    new FieldError(
                            "/schedule/days_between",
                            "out_of_range",
                            "Must be 0 to " + LONGEST_PAUSE + "."));
        }
    }

    @Override
    public MessageClass messageClass(Campaign.Definition definition) {
        return definition.offer() == null ? MessageClass.SERVICE : MessageClass.ADVERTISING;
    }

    @Override
    public List<Due> answers(TenantTx tx, Campaign campaign, List<Happened> events) {
        Map<UUID, Instant> bought =
                RecentBuyers.purchasedAt(
                        tx, events.stream().flatMap(event -> purchase(event).stream()).toList());
        Instant tooLongAgo = tx.now().minus(AnswerEvents.TOO_LATE);
        List<Happened> fresh =
                events.stream()
                        .filter(event ->
                                purchase(event)
                                        .map(bought::get)
                                        .filter(at -> at.isAfter(tooLongAgo))
                                        .isPresent())
                        .toList();
        int pause = Objects.requireNonNullElse(campaign.definition().timing().daysBetween(), 0);
        Set<UUID> thanked = pause == 0 ? new HashSet<>() : thanked(tx, fresh, pause);
        List<Due> due = new ArrayList<>();
        for (Happened event : fresh) {
            event.due()
                    .filter(one -> pause == 0 || thanked.add(one.member().uuid()))
                    .ifPresent(due::add);
        }
        return due;
    }

    private Set<UUID> thanked(TenantTx tx, List<Happened> events, int pause) {
        Instant since = tx.now().minus(Duration.ofDays(pause));
        List<UUID> members =
                events.stream()
                        .flatMap(event -> event.member().map(MemberId::uuid).stream())
                        .distinct()
                        .toList();
        return Messages.latestGoing(tx, message(), members).entrySet().stream()
                .filter(latest -> latest.getValue().isAfter(since))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Optional<UUID> purchase(Happened event) {
        return event.text("purchase").flatMap(id -> TypeIds.parse("pur", id));
    }
}
