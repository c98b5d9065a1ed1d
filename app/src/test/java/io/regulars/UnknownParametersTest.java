package io.regulars;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What a call's document does not tell of is refused in its query, and what it tells of is not. */
class UnknownParametersTest {

    private final Shop shop = ServiceUnderTest.shared().signUp();

    @Test
    void everyCallRefusesAParameterThatItDoesNotKnowAndNamesThoseThatItDoes() throws Exception {
        List<String> wrong = new ArrayList<>();
        JsonNode document =
                new ObjectMapper().readTree(shop.live().get("/v1/openapi.json").asString());
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
                if (path.getKey().startsWith("/v1/")) {
                    String verb = call.getKey().toUpperCase(Locale.ROOT);
                    String expected = expected(document, call.getValue());
                    String got = refusal(verb, path.getKey(), call.getValue());
                    if (!got.equals(expected)) {
                        wrong.add(verb + " " + path.getKey() + ": " + got + ", not " + expected);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void pagesForPeopleBearWhatLinksAreHungWith() {
        String page = "/t/" + shop.tenantId() + "?utm_source=leaflet";
        assertThat(shop.raw().get(page).statusCode()).isEqualTo(200);
        assertThat(shop.raw().get("/docs?utm_source=search").statusCode()).isEqualTo(200);
    }

    private String refusal(String verb, String path, JsonNode call) {
        RequestSpecification request = shop.raw().urlEncodingEnabled(false);
        if (call.has("requestBody")) {
            String type = call.at("/requestBody/content").fieldNames().next();
            request.header("Content-Type", type).body("{}");
        } else {
            request.header("Content-Type", "application/json");
        }
        Response answer =
                request.request(verb, path.replaceAll("\\{[^}]+}", "none") + "?no_such=1");
        return answer.statusCode() == 422
                ? answer.path("errors[0].pointer") + " " + answer.path("errors[0].detail")
                : answer.statusCode() + "";
    }

    private static String expected(JsonNode document, JsonNode call) {
        String known =
                StreamSupport.stream(call.path("parameters").spliterator(), false)
                        .map(parameter ->
                                parameter.has("$ref")
                                        ? document.at(parameter.get("$ref").asText().substring(1))
                                        : parameter)
                        .filter(parameter -> parameter.get("in").asText().equals("query"))
                        .map(parameter -> parameter.get("name").asText())
                        .sorted()
                        .collect(Collectors.joining(", "));
        return "?no_such no_such is not a parameter of this call."
                + (known.isEmpty() ? "" : " Known here: " + known + ".");
    }
}
