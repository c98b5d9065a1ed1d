package io.regulars.engagement.campaigns;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.regulars.engagement.content.MailContent;
import java.time.Instant;
import java.time.LocalDateTime;
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
        TIER_CHANGED,
        THANK_YOU,
        WELCOME,
        BIRTHDAY,
        ANNIVERSARY,
        MONTHLY_PROGRESS,
        WIN_BACK,
        NPS,
        BROADCAST
    }

    enum State {
        DRAFT,
        ACTIVE,
        PAUSED,
        /** It goes out once, and has. */
        COMPLETED,
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
     * @param audience absent: everybody
     * @param holdoutPercent how many in a hundred get nothing, to be compared with; absent: nobody
     * @param content the mail by language, as the shop wrote it; absent: the built-in one
     */
    record Definition(
            @Nullable Audience audience,
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

        /** The segment that the members must be in as well; null for all. */
        @Nullable String segment() {
            return audience == null ? null : audience.segment();
        }
    }

    /**
     * Who of those that the kind finds due may get it.
     *
     * @param segment a segment's id
     */
    record Audience(@Nullable String segment) {}

    /**
     * What comes with the mail: a voucher, or points.
     *
     * @param reward the key of a reward of the program
     * @param points that are booked at once
     * @param validDays how long the voucher or the points hold; absent: as long as the reward, or
     *     the program, says
     * @param budget how many offers there are at most; absent: as many as there are mails
     */
    record Offer(
            @Nullable String reward,
            @Nullable Long points,
            @Nullable Integer validDays,
            @Nullable Integer budget) {

        static final Offer NONE = new Offer(null, null, null, null);
    }

    /**
     * When it goes out. Which of these mean something depends on the kind; the others are refused.
     *
     * @param at the local hour in the member's zone, else the shop's; absent: 09:00; nothing for
     *     kinds that answer at once or begin at a moment
     * @param daysBefore how many days before the day itself
     * @param leapDay when 29 February is kept in a common year; absent: on the 28th
     * @param dayOfMonth of every month, its last day where it has no such day; absent: 1
     * @param silenceDays after how many days without a purchase
     * @param pAliveBelow how probable it may still be that the member comes back
     * @param maxSilenceDays who has been silent for longer is left alone; absent: nobody is
     * @param daysAfter how many days after a purchase
     * @param daysBetween how many days there are at least between two to the same member
     * @param startsAt the moment at which it goes out, to everybody at once
     * @param startsLocal the same by each member's own clock
     */
    record Schedule(
            @JsonFormat(pattern = "HH:mm") @Nullable LocalTime at,
            @Nullable Integer daysBefore,
            @Nullable LeapDay leapDay,
            @Nullable Integer dayOfMonth,
            @Nullable Integer silenceDays,
            @Nullable Double pAliveBelow,
            @Nullable Integer maxSilenceDays,
            @Nullable Integer daysAfter,
            @Nullable Integer daysBetween,
            @Nullable Instant startsAt,
            @Nullable LocalDateTime startsLocal) {

        static final Schedule NONE =
                new Schedule(null, null, null, null, null, null, null, null, null, null, null);

        static final LocalTime DEFAULT_AT = LocalTime.of(9, 0);

        /**
         * Later than this the day is over for a mail; the same hour bounds every occurrence's
         * {@code not_after}.
         */
        static final LocalTime LATEST = LocalTime.of(21, 0);

        /** With everything said that goes without saying, of these fields. */
        Schedule completed(Set<String> fields) {
            Definition said = new Definition(null, null, this, null, null);
            return new Schedule(
                    fields.contains("at") ? said.at() : null,
                    fields.contains("days_before") ? Integer.valueOf(said.daysBefore()) : null,
                    fields.contains("leap_day") ? said.leapDay() : null,
                    fields.contains("day_of_month") ? Integer.valueOf(said.dayOfMonth()) : null,
                    silenceDays,
                    pAliveBelow,
                    maxSilenceDays,
                    daysAfter,
                    daysBetween,
                    startsAt,
                    startsLocal);
        }

        /** What is said in it, by its name. */
        Set<String> said() {
            Map<String, Optional<?>> all =
                    Map.ofEntries(
                            Map.entry("at", Optional.ofNullable(at)),
                            Map.entry("days_before", Optional.ofNullable(daysBefore)),
                            Map.entry("leap_day", Optional.ofNullable(leapDay)),
                            Map.entry("day_of_month", Optional.ofNullable(dayOfMonth)),
                            Map.entry("silence_days", Optional.ofNullable(silenceDays)),
                            Map.entry("p_alive_below", Optional.ofNullable(pAliveBelow)),
                            Map.entry("max_silence_days", Optional.ofNullable(maxSilenceDays)),
                            Map.entry("days_after", Optional.ofNullable(daysAfter)),
                            Map.entry("days_between", Optional.ofNullable(daysBetween)),
                            Map.entry("starts_at", Optional.ofNullable(startsAt)),
                            Map.entry("starts_local", Optional.ofNullable(startsLocal)));
            return all.entrySet().stream()
                    .filter(field -> field.getValue().isPresent())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
