package io.regulars.engagement.mail;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.events.Outbox;
import io.regulars.loyalty.rewards.Vouchers;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TypeIds;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a group of messages is about, read at once for all of them: the events that they answer to,
 * and the vouchers that they bring.
 *
 * @param welcomes the voucher that a new member was given by the program itself, by member
 */
record Occasions(
        Map<UUID, Map<String, Object>> events,
        Map<UUID, Vouchers.Issued> vouchers,
        Map<UUID, Vouchers.Issued> welcomes) {

    private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};

    static Occasions of(TenantTx tx, List<MessageRow> messages) {
        List<UUID> events =
                messages.stream().flatMap(message -> eventOf(message).stream()).distinct().toList();
        Map<UUID, Map<String, Object>> said = new HashMap<>();
        if (!events.isEmpty()) {
            Outbox.find(tx, events)
                    .forEach(event -> said.put(event.id(), Json.read(event.data(), DATA)));
        }
        return new Occasions(
                said,
                Vouchers.all(
                        tx,
                        messages.stream()
                                .flatMap(message -> Stream.ofNullable(message.voucherId()))
                                .toList()),
                Vouchers.newestUsable(tx, welcomed(messages), Vouchers.WELCOME));
    }

    /** The data of the event that this message answers to; empty where it answers to none. */
    Map<String, Object> event(MessageRow message) {
        return eventOf(message).map(events::get).orElse(Map.of());
    }

    /** The voucher that comes with this message. */
    Vouchers.@Nullable Issued voucher(MessageRow message) {
        return message.voucherId() == null ? null : vouchers.get(message.voucherId());
    }

    /** The one that the program gave to who is welcomed. */
    Vouchers.@Nullable Issued welcome(MessageRow message) {
        return welcomes.get(message.memberId().uuid());
    }

    private static Collection<UUID> welcomed(List<MessageRow> messages) {
        return messages.stream()
                .filter(message -> message.kind().equals("welcome"))
                .map(message -> message.memberId().uuid())
                .distinct()
                .toList();
    }

    private static Optional<UUID> eventOf(MessageRow message) {
        return switch (message.kind()) {
            case "thank_you", "tier_changed" -> TypeIds.parse("evt", message.occurrence());
            default -> Optional.empty();
        };
    }
}
