package io.regulars.events;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.regulars.platform.db.Json;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@link Event} for people: {@code docs/events.md}; and the names that can be asked for. */
public final class EventCatalogue {

    private static final UUID SOME_ID = UUID.fromString("01929b2c-7a40-7000-8000-000000000001");

    private static final List<Kind> KINDS =
            Arrays.stream(Event.class.getPermittedSubclasses())
                    .map(EventCatalogue::kind)
                    .sorted(Comparator.comparing(Kind::type))
                    .toList();

    private EventCatalogue() {}

    /**
     * A kind of event.
     *
     * @param about when it happens; empty where nobody wrote it down
     * @param example its data, as they are published
     */
    record Kind(String type, String about, List<RecordComponent> fields, String example) {}

    /** The names of all types. */
    public static Set<String> types() {
        return KINDS.stream().map(Kind::type).collect(Collectors.toUnmodifiableSet());
    }

    static List<Kind> kinds() {
        return KINDS;
    }

    /** The text of {@code docs/events.md}. */
    public static String markdown() {
        String rows =
                KINDS.stream()
                        .map(kind ->
                                String.format(
                                        Locale.ROOT,
                                        "| `%s` | %s | %s | `%s` |\n",
                                        kind.type(),
                                        kind.about(),
                                        fields(kind),
                                        kind.example()))
                        .collect(Collectors.joining());
        return """
        # Events

        <!-- Made from Event by EventCatalogue; do not edit. -->

        What happened in a shop. `GET /v1/events` lists it, newest first, as `{id, type, occurred_at, data}`;
        [webhooks](webhooks.md) bring it as `{type, timestamp, data}`, with the event's id as `webhook-id`.
        Fields may be added; a field without a value is left out.

        | type | when | fields of `data` | example |
        |---|---|---|---|
        """
                + rows;
    }

    private static String fields(Kind kind) {
        return kind.fields().stream()
                .map(field -> "`" + name(field) + "` " + form(field))
                .collect(Collectors.joining(", "));
    }

    private static String form(RecordComponent field) {
        TypedId id = field.getAnnotation(TypedId.class);
        if (id != null) {
            return "id `" + id.value() + "_…`";
        }
        return switch (field.getType().getSimpleName()) {
            case "int", "long", "Integer", "Long" -> "integer";
            case "boolean", "Boolean" -> "true or false";
            case "Instant" -> "time";
            case "LocalDate" -> "date";
            case "List", "Set" -> "list";
            default -> "text";
        };
    }

    private static String name(RecordComponent field) {
        return PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(field.getName());
    }

    private static Kind kind(Class<?> type) {
        RecordComponent[] fields = type.getRecordComponents();
        try {
            Event sample =
                    (Event)
                            type.getDeclaredConstructor(
                                            Stream.of(fields)
                                                    .map(RecordComponent::getType)
                                                    .toArray(Class<?>[]::new))
                                    .newInstance(
                                            Stream.of(fields)
                                                    .map(EventCatalogue::sample)
                                                    .toArray());
            About about = type.getAnnotation(About.class);
            return new Kind(
                    sample.type(),
                    about == null ? "" : about.value(),
                    List.of(fields),
                    Json.write(sample));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("an event that cannot be shown: " + type, e);
        }
    }

    private static Object sample(RecordComponent field) {
        Class<?> type = field.getType();
        return switch (type.getSimpleName()) {
            case "UUID" -> SOME_ID;
            case "int", "Integer" -> 3;
            case "long", "Long" -> 120L;
            case "boolean", "Boolean" -> true;
            case "String" -> name(field);
            case "Instant" -> Instant.EPOCH.plusSeconds(1_800_000_000);
            case "LocalDate" -> LocalDate.EPOCH.plusDays(20_833);
            case "List" -> List.of();
            case "Set" -> Set.of();
            default -> {
                if (type.isEnum()) {
                    yield type.getEnumConstants()[0];
                }
                throw new IllegalStateException("events do not hold a " + type);
            }
        };
    }
}
