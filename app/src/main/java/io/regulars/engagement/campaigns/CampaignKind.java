package io.regulars.engagement.campaigns;

import io.regulars.engagement.campaigns.DailySlots.Slot;
import io.regulars.engagement.mail.Messages.MessageClass;
import io.regulars.engagement.mail.Messages.Urgency;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One kind of campaign: what its schedule may say, who is due on a local day, and what for. All
 * else (rounds, consent, offers, hold-outs, hand-over) is the same for every kind.
 */
interface CampaignKind {

    Campaign.Kind key();

    /** The mail's folder in {@code email-templates/}; its messages are of this kind. */
    String message();

    /** The fields of a schedule that mean something here. */
    Set<String> fields();

    /** Notes what is wrong with a schedule besides fields that mean nothing. */
    default void check(Campaign.Schedule schedule, List<FieldError> errors) {}

    /** What is wrong with beginning now, if anything is. */
    default Optional<FieldError> whyNotNow(Campaign.Schedule schedule, ZoneId shops, Instant now) {
        return Optional.empty();
    }

    default MessageClass messageClass(Campaign.Definition definition) {
        return MessageClass.ADVERTISING;
    }

    /** Whether something may come with the mail; what is no advertising must not advertise. */
    default boolean takesOffer() {
        return true;
    }

    default Urgency urgency() {
        return Urgency.OCCASION;
    }

    /** Whether it stays away on a day on which the member gets other advertising. */
    default boolean givesWay() {
        return false;
    }

    /**
     * Whether who could not be written to on a day may get the same on a later one. Then a day that
     * is over leaves nothing behind that would stand in the way of it.
     */
    default boolean canComeLater() {
        return false;
    }

    /** Whether it is over for good when everybody has been written to. */
    default boolean endsByItself() {
        return false;
    }

    /**
     * The rounds whose hour has come by {@code now} and lies after {@code since}, the earliest
     * first.
     */
    default List<Slot> slots(
            Campaign.Definition definition, Collection<ZoneId> zones, Instant since, Instant now) {
        return new DailySlots(definition.at(), zones).due(since, now);
    }

    /** When the hour comes next in one of these zones, on a day that this kind looks at. */
    default Optional<Instant> nextHour(
            Campaign.Definition definition, Collection<ZoneId> zones, Instant now) {
        DailySlots slots = new DailySlots(definition.at(), zones);
        return zones.stream()
                .map(zone -> slots.dueAt(nextDay(definition, slots.nextDay(now, zone)), zone))
                .min(Comparator.naturalOrder());
    }

    /**
     * When the hour comes next on a day on which somebody may be due, as the members are at this
     * moment.
     */
    default Optional<Instant> nextWithSomebody(
            TenantTx tx, Campaign.Definition definition, Collection<ZoneId> zones) {
        DailySlots slots = new DailySlots(definition.at(), zones);
        return zones.stream()
                .flatMap(zone ->
                        nextDayWithSomebody(tx, definition, slots.nextDay(tx.now(), zone), zone)
                                .map(day -> slots.dueAt(day, zone))
                                .stream())
                .min(Comparator.naturalOrder());
    }

    /** The first local day, from this one on, that this kind looks at whoever the members are. */
    default LocalDate nextDay(Campaign.Definition definition, LocalDate from) {
        return from;
    }

    /**
     * The first local day, from this one on, on which one of the present members may be due: not
     * too late, rather too early.
     */
    Optional<LocalDate> nextDayWithSomebody(
            TenantTx tx, Campaign.Definition definition, LocalDate from, ZoneId zone);

    /** Whether a round would find somebody. */
    boolean isAnybodyDue(TenantTx tx, Round round);

    /** The members of the round's zone who are due, a batch in the order of their ids. */
    Slice due(TenantTx tx, Round round, Position position);

    /**
     * What this member is due for on a day, as far as the member alone tells; asked of kinds that
     * do not give way, by those that do. Of all others it is asked who is {@link #due}.
     */
    default Optional<String> occurrence(Round round, Member member) {
        return Optional.empty();
    }

    /** One local day in one zone for one campaign. */
    record Round(Campaign campaign, LocalDate day, ZoneId zone) {

        Campaign.Definition definition() {
            return campaign.definition();
        }

        /** The day that the mail is about. */
        LocalDate dayMeant() {
            return day.plusDays(definition().daysBefore());
        }
    }

    /**
     * How far a round has got.
     *
     * @param after the last member looked at
     * @param fence members above it joined too late for this round
     */
    record Position(@Nullable UUID after, UUID fence, int limit) {

        private static final int BATCH = 1_000;

        /** Where all of these, and whoever is between them by id, begin to be looked at. */
        static Position among(Collection<UUID> members) {
            return new Position(before(Collections.min(members)), Collections.max(members), BATCH);
        }

        Position behind(Slice slice) {
            return new Position(slice.cursor(), fence, limit);
        }

        private static UUID before(UUID id) {
            return id.getLeastSignificantBits() == 0
                    ? new UUID(id.getMostSignificantBits() - 1, -1L)
                    : new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() - 1);
        }
    }

    /**
     * @param occurrence what the mail is about; unique for each kind and member
     */
    record Due(MemberId member, String occurrence) {}

    /**
     * @param cursor the last member looked at, due or not
     * @param last whether there is nobody behind
     */
    record Slice(List<Due> due, @Nullable UUID cursor, boolean last) {

        /** Of a batch in which everybody is due for the same. */
        static Slice of(List<UUID> batch, String occurrence, Position position) {
            List<Due> due =
                    batch.stream().map(id -> new Due(new MemberId(id), occurrence)).toList();
            return of(due, batch, position);
        }

        /** Of a batch in which these are due. */
        static Slice of(List<Due> due, List<UUID> batch, Position position) {
            return new Slice(
                    due,
                    batch.isEmpty() ? position.after() : batch.getLast(),
                    batch.size() < position.limit());
        }
    }
}
