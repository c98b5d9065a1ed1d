package io.regulars.engagement.campaigns;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import io.regulars.engagement.content.MailContent;
import java.time.LocalTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as kept.
 *
 * @param activatedAt since when it runs; an occurrence whose hour lies before is not sent
 * @param plannedUntil the rounds whose hour lies before are decided and not looked at again
 */
record Campaign(
        CampaignId id,
        String name,
        Kind kind,
        State state,
        Definition definition,
        @Nullable Instant activatedAt,
        @Nullable Instant plannedUntil,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    /** The moment after which rounds are still to be decided. */
    Instant openSince(Instant now) {
        Instant activated = activatedAt == null ? now : activatedAt;
        return plannedUntil == null || plannedUntil.isBefore(activated) ? activated : plannedUntil;
    }

    /**
     * The occasions, in the order in which they come first where a member may get one mail only.
     */
    enum Kind {
        POINTS_EXPIRING,
        BIRTHDAY,
        ANNIVERSARY,
        MONTHLY_PROGRESS,
        WIN_BACK
    }

    enum State {
        DRAFT,
        ACTIVE,
        PAUSED,
        CANCELLED
    }

    /** When a birthday of 29 February is kept in a common year. */
    enum LeapDay {
        FEB_28,
        MAR_1
    }

    /**
     * What is said of a campaign beside its name and kind.
     *
     * @param holdoutPercent how many in a hundred get nothing, to be compared with; absent: nobody
     * @param content the mail by language, as the shop wrote it; absent: the built-in one
     */
    record Definition(
            @Nullable Offer offer,
            @Nullable Schedule schedule,
            @Nullable Integer holdoutPercent,
            @Nullable Map<String, MailContent> content) {

        Schedule timing() {
            return schedule == null ? Schedule.NONE : schedule;
        }

        LocalTime at() {
            return Objects.requireNonNullElse(timing().at(), Schedule.DEFAULT_AT);
        }

        int daysBefore() {
            return Objects.requireNonNullElse(timing().daysBefore(), 0);
        }

        LeapDay leapDay() {
            return Objects.requireNonNullElse(timing().leapDay(), LeapDay.FEB_28);
        }

        int dayOfMonth() {
            return Objects.requireNonNullElse(timing().dayOfMonth(), 1);
        }

        int holdout() {
            return Objects.requireNonNullElse(holdoutPercent, 0);
        }
    }

    /**
     * What comes with the mail.
     *
     * @param reward the key of a reward of the program
     * @param validDays how long the voucher holds; absent: as long as the reward says
     */
    record Offer(String reward, @Nullable Integer validDays) {}

    /**
     * When it goes out. Which of these mean something depends on the kind; the others are refused.
     *
     * @param at the local hour in the member's zone, else the shop's; absent: 09:00
     * @param daysBefore how many days before the day itself
     * @param leapDay when 29 February is kept in a common year; absent: on the 28th
     * @param dayOfMonth of every month, its last day where it has no such day; absent: 1
     * @param silenceDays after how many days without a purchase
     * @param pAliveBelow how probable it may still be that the member comes back
     * @param maxSilenceDays who has been silent for longer is left alone; absent: nobody is
     */
    record Schedule(
            @JsonFormat(pattern = "HH:mm") @Nullable LocalTime at,
            @Nullable Integer daysBefore,
            @Nullable LeapDay leapDay,
            @Nullable Integer dayOfMonth,
            @Nullable Integer silenceDays,
            @Nullable Double pAliveBelow,
            @Nullable Integer maxSilenceDays) {

        static final Schedule NONE = new Schedule(null, null, null, null, null, null, null);

        static final LocalTime DEFAULT_AT = LocalTime.of(9, 0);

        /**
         * Later than this the day is over for a mail; the same hour bounds every occurrence's
         * {@code not_after}.
         */
        static final LocalTime LATEST = LocalTime.of(21, 0);

        /** With everything said that goes without saying, of these fields. */
        Schedule completed(Set<String> fields) {
            Definition said = new Definition(null, this, null, null);
            return new Schedule(
                    said.at(),
                    fields.contains("days_before") ? Integer.valueOf(said.daysBefore()) : null,
                    fields.contains("leap_day") ? said.leapDay() : null,
                    fields.contains("day_of_month") ? Integer.valueOf(said.dayOfMonth()) : null,
                    silenceDays,
                    pAliveBelow,
                    maxSilenceDays);
        }

        /** What is said in it besides the hour, by its name. */
        Set<String> said() {
            Map<String, Optional<?>> all =
                    Map.of(
                            "days_before", Optional.ofNullable(daysBefore),
                            "leap_day", Optional.ofNullable(leapDay),
                            "day_of_month", Optional.ofNullable(dayOfMonth),
                            "silence_days", Optional.ofNullable(silenceDays),
                            "p_alive_below", Optional.ofNullable(pAliveBelow),
                            "max_silence_days", Optional.ofNullable(maxSilenceDays));
            return all.entrySet().stream()
                    .filter(field -> field.getValue().isPresent())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
