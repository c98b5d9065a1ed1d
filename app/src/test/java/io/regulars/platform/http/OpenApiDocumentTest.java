package io.regulars.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {

    private static String text;
    private static JsonNode document;

    @BeforeAll
    static void make() throws Exception {
        text = OpenApiDocument.json(OpenApiResource.withItself(TinyService.RESOURCES));
        document = new ObjectMapper().readTree(text);
    }

    @Test
    void isValidForAnotherReader() {
        SwaggerParseResult read = new OpenAPIV3Parser().readContents(text);
        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getPaths()).containsKey("/v1/orders/{id}");
        assertThat(document.get("openapi").asText()).isEqualTo("3.1.0");
    }

    @Test
    void isTheSameEachTime() {
        assertThat(OpenApiDocument.json(OpenApiResource.withItself(TinyService.RESOURCES)))
                .isEqualTo(text);
    }

    @Test
    void tellsWhatARequestMustHave() {
        JsonNode order = schema("Order");
        assertThat(strings(order.get("required"))).containsExactly("lines", "order_id");
        assertThat(at(order, "/properties/at/format")).isEqualTo("date-time");
        assertThat(at(order, "/properties/day/format")).isEqualTo("date");
        assertThat(at(order, "/properties/zone/type")).isEqualTo("string");
        assertThat(at(order, "/properties/zone/description")).isEqualTo("Where the till stands");
        assertThat(at(order, "/properties/hour/type")).isEqualTo("string");
        assertThat(at(order, "/properties/lines/items/$ref"))
                .isEqualTo("#/components/schemas/Line");
        assertThat(strings(order.at("/properties/kind/enum")))
                .containsExactly("eat_in", "to-go", "delivery");
        assertThat(at(order, "/properties/order_id/example")).isEqualTo("A-1");
        assertThat(strings(schema("Line").get("required")))
                .containsExactly("amount", "quantity", "sku");
        assertThat(at(schema("Line"), "/properties/amount/format")).isEqualTo("int64");
    }

    @Test
    void tellsWhatAnAnswerHas() {
        JsonNode kept = schema("Kept");
        assertThat(strings(kept.get("required"))).containsExactly("id", "order", "paid_at");
        assertThat(strings(kept.at("/properties/paid_at/type")))
                .containsExactlyInAnyOrder("string", "null");
        assertThat(at(kept, "/properties/shop/example")).startsWith("ten_");
        assertThat(schema("Union").get("oneOf")).hasSize(2);
        assertThat(schema("Union").has("type")).isFalse();
    }

    @Test
    void aPageHasItsRowsAndACursor() {
        assertThat(
                        at(
                                document,
                                "/paths/~1v1~1orders/get/responses/200/content/application~1json/schema/$ref"))
                .isEqualTo("#/components/schemas/KeptPage");
        JsonNode page = schema("KeptPage");
        assertThat(at(page, "/properties/data/items/$ref")).isEqualTo("#/components/schemas/Kept");
        assertThat(strings(page.at("/properties/next_cursor/type")))
                .containsExactly("string", "null");
    }

    @Test
    void tellsWhoMayCallAndWhatComesBack() {
        JsonNode create = document.at("/paths/~1v1~1orders/post");
        assertThat(create.get("summary").asText()).isEqualTo("Record an order");
        assertThat(create.get("description").asText())
                .contains("Once per number.")
                .contains("`pos`");
        assertThat(create.get("responses").fieldNames())
                .toIterable()
                .containsExactly("200", "201", "default");
        assertThat(create.at("/security/0/bearer").isArray()).isTrue();
        assertThat(create.at("/requestBody/required").asBoolean()).isTrue();
        assertThat(create.get("parameters")).hasSize(1);
        assertThat(at(create, "/parameters/0/$ref"))
                .isEqualTo("#/components/parameters/Idempotency-Key");
        assertThat(document.at("/paths/~1v1~1orders~1busy/post/security")).isEmpty();
        assertThat(
                        document.at("/paths/~1v1~1orders~1optional/put/requestBody/required")
                                .asBoolean())
                .isFalse();
    }

    @Test
    void parametersAreThoseOfTheSignature() {
        List<String> names = new ArrayList<>();
        JsonNode parameters = document.at("/paths/~1v1~1orders/get/parameters");
        parameters.forEach(
                p -> names.add(p.has("$ref") ? p.get("$ref").asText() : p.get("name").asText()));
        assertThat(names)
                .containsExactly(
                        "#/components/parameters/limit",
                        "#/components/parameters/cursor",
                        "kind",
                        "from",
                        "paid",
                        "lines",
                        "If-Match");
        assertThat(at(parameters, "/5/description")).isEqualTo("At least so many lines");
        assertThat(strings(parameters.at("/2/schema/enum"))).contains("eat_in");
    }

    @NullMarked
    @Path("/v1/twins")
    public static final class TwinResource {
        public record Line(String other) {}

        @GET
        @AllowedTo(Audience.ANYONE)
        @Returns(Line.class)
        public Line get() {
            return new Line("");
        }
    }

    @Test
    void twoRecordsOfOneNameAreRefused() {
        assertThatThrownBy(
                        () -> OpenApiDocument.json(Set.of(TinyResource.class, TwinResource.class)))
                .hasMessageContaining("would both be Line");
    }

    private static JsonNode schema(String name) {
        return document.at("/components/schemas/" + name);
    }

    private static String at(JsonNode node, String pointer) {
        return node.at(pointer).asText();
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(item -> strings.add(item.asText()));
        return strings;
    }
}
