package io.regulars.engagement.campaigns;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import java.time.LocalTime;
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

    /** The occasions. */
    enum Kind {
        BIRTHDAY
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

    /** What is said of a campaign beside its name and kind. */
    record Definition(@Nullable Offer offer, @Nullable Schedule schedule) {

        LocalTime at() {
            return schedule == null || schedule.at() == null ? Schedule.DEFAULT_AT : schedule.at();
        }

        int daysBefore() {
            return schedule == null || schedule.daysBefore() == null ? 0 : schedule.daysBefore();
        }

        LeapDay leapDay() {
            return schedule == null || schedule.leapDay() == null
                    ? LeapDay.FEB_28
                    : schedule.leapDay();
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
     * When it goes out.
     *
     * @param at the local hour in the member's zone, else the shop's; absent: 09:00
     * @param daysBefore how many days before the day itself
     * @param leapDay when 29 February is kept in a common year; absent: on the 28th
     */
    record Schedule(
            @JsonFormat(pattern = "HH:mm") @Nullable LocalTime at,
            @Nullable Integer daysBefore,
            @Nullable LeapDay leapDay) {

        static final LocalTime DEFAULT_AT = LocalTime.of(9, 0);

        /**
         * Later than this the day is over for a mail; the same hour bounds every occurrence's
         * {@code not_after}.
         */
        static final LocalTime LATEST = LocalTime.of(21, 0);
    }
}
