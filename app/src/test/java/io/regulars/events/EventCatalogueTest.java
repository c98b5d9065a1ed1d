package io.regulars.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.platform.db.Json;
import io.regulars.platform.ids.TypeIds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventCatalogueTest {

    @Test
    void thePageInTheTreeIsInStepWithTheCode() throws Exception {
        Path page = Path.of(System.getProperty("root.dir"), "docs", "events.md");
        if (Boolean.getBoolean("regen")) {
            Files.writeString(page, EventCatalogue.markdown());
        }
        assertThat(page)
                .as("run this test with -Dregen=true")
                .exists()
                .content()
                .isEqualTo(EventCatalogue.markdown());
    }

    @Test
    void everyIdInAnEventSaysWhatItIsTheIdOf() {
        assertThat(EventCatalogue.kinds())
                .isNotEmpty()
                .allSatisfy(kind ->
                        assertThat(kind.fields())
                                .filteredOn(field -> field.getType() == UUID.class)
                                .as(kind.type() + " has an id without @TypedId")
                                .allMatch(field -> field.isAnnotationPresent(TypedId.class)));
    }

    @Test
    void everyTypeHasANameOfItsOwnInTheFormOfStandardWebhooks() {
        assertThat(EventCatalogue.kinds())
                .extracting(EventCatalogue.Kind::type)
                .doesNotHaveDuplicates()
                .allMatch(type -> type.matches("[a-z_]+(\\.[a-z_]+)+"))
                .hasSize(Arrays.asList(Event.class.getPermittedSubclasses()).size());
    }

    @Test
    void idsAreWrittenWithTheirPrefixesAndWhatIsAbsentIsLeftOut() {
        UUID purchase = UUID.fromString("01929b2c-7a40-7000-8000-000000000001");
        assertThat(Json.write(new Event.PurchaseRecorded(purchase, null, 1250, 12)))
                .isEqualTo(
                        "{\"purchase\":\""
                                + TypeIds.format("pur", purchase)
                                + "\",\"amount\":1250,\"points_earned\":12}");
    }
}
