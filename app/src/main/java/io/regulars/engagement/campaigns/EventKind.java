package io.regulars.engagement.campaigns;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.engagement.campaigns.DailySlots.Slot;
import io.regulars.engagement.mail.Messages.Urgency;
import io.regulars.events.Published;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A kind that answers at once to what a member did. It has no hour and no rounds: an event that
 * campaigns wait for is taken from the outbox in the transaction that plans the mail.
 */
interface EventKind extends CampaignKind {

    /** The type of the events that it answers to. */
    String event();

    /** Who is to be written to because of these events; each for the event's id. */
    List<Due> answers(TenantTx tx, Campaign campaign, List<Happened> events);

    @Override
    default Set<String> fields() {
        return Set.of();
    }

    @Override
    default Urgency urgency() {
        return Urgency.ANSWER;
    }

    @Override
    default List<Slot> slots(
            Campaign.Definition definition, Collection<ZoneId> zones, Instant since, Instant now) {
        return List.of();
    }

    @Override
    default Optional<Instant> nextHour(
            Campaign.Definition definition, Collection<ZoneId> zones, Instant now) {
        return Optional.empty();
    }

    @Override
    default Optional<LocalDate> nextDayWithSomebody(
            TenantTx tx, Campaign.Definition definition, LocalDate from, ZoneId zone) {
        return Optional.empty();
    }

    @Override
    default boolean isAnybodyDue(TenantTx tx, Round round) {
        return false;
    }

    @Override
    default Slice due(TenantTx tx, Round round, Position position) {
        return new Slice(List.of(), position.after(), true);
    }

    /** An event and what it says. */
    record Happened(Published event, Map<String, Object> data) {

        private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};

        static Happened of(Published event) {
            return new Happened(event, Json.read(event.data(), DATA));
        }

        Optional<String> text(String field) {
            return Optional.ofNullable(data.get(field)).map(Object::toString);
        }

        Optional<MemberId> member() {
            return text("member").flatMap(MemberId::parse);
        }

        Optional<Due> due() {
            return member().map(member -> new Due(member, event.publicId()));
        }
    }
}
