package io.regulars.loyalty.publishing;

import static io.regulars.testing.Fields.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.loyalty.Inside;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.Side;
import io.regulars.testing.Fields;
import io.restassured.response.ValidatableResponse;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProgramDocumentTest {

    private static final String DRAFT = "/v1/program/draft";
    private static final Path PRESETS =
            Path.of(System.getProperty("root.dir"), "tenants-config", "presets");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ServiceUnderTest service;
    private static List<String> presets;

    @BeforeAll
    static void start() {
        service = ServiceUnderTest.shared();
        presets =
                service.api().get("/v1/presets").as(Fields.class).getList("data.key", String.class);
    }

    @Test
    void everyPresetIsTakenAndPublishedInYamlAndInJson() throws Exception {
        Shop shop = service.signUp("America/New_York", "US", "USD");
        assertThat(presets).hasSize(9);
        for (String preset : presets) {
            String text = Files.readString(PRESETS.resolve(preset + ".yml"));
            HttpResponse<String> yaml = put(shop, text, "application/yaml", "application/json");
            assertThat(yaml.statusCode()).as(preset + yaml.body()).isEqualTo(200);
            int version = publish(shop);
            JsonNode written = YAML.readTree(text);
            assertThat(comparable(JSON.readTree(yaml.body())))
                    .as(preset)
                    .isEqualTo(comparable(written));
            shop.liveCalls().put(DRAFT, JSON.writeValueAsString(written));
            assertThat(publish(shop)).isEqualTo(version + 1);
        }
    }

    @Test
    void whatIsReadIsWhatWasWrittenInBothForms() throws Exception {
        Shop shop = service.signUp();
        String text = Files.readString(PRESETS.resolve("green-rewards.yml"));
        put(shop, text, "application/yaml", "application/yaml");
        String yaml = get(shop, DRAFT, "application/yaml").body();
        String json = get(shop, DRAFT, "application/json").body();
        assertThat(comparable(YAML.readTree(yaml))).isEqualTo(comparable(YAML.readTree(text)));
        assertThat(comparable(JSON.readTree(json))).isEqualTo(comparable(YAML.readTree(yaml)));
        HttpResponse<String> again = put(shop, yaml, "application/yaml", "application/json");
        assertThat(again.body()).isEqualTo(json);
        publish(shop);
        HttpResponse<String> published = get(shop, "/v1/program", "application/yaml");
        assertThat(published.headers().firstValue("Content-Type")).contains("application/yaml");
        assertThat(published.body()).isEqualTo(yaml);
        assertThat(get(shop, "/v1/program", "*/*").body()).isEqualTo(json);
    }

    @Test
    void faultsInYamlAreProblemsWithALineOrAPointer() throws Exception {
        Shop shop = service.signUp();
        HttpResponse<String> laughs =
                put(
                        shop,
                        "a: &a [l, l]\nb: &b [*a, *a]\nc: &c [*b, *b]\nname: *c\n",
                        "application/yaml",
                        "application/json");
        assertThat(laughs.statusCode()).isEqualTo(400);
        assertThat(laughs.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(JSON.readTree(laughs.body()).at("/code").textValue())
                .isEqualTo("malformed_yaml");
        assertThat(laughs.body()).contains("line 1");
        JsonNode unknown =
                JSON.readTree(
                        put(
                                        shop,
                                        "name: A\nunit: {one: p, many: p}\ncurrency: VND\nearnings: []\n",
                                        "application/yaml",
                                        "application/yaml")
                                .body());
        assertThat(unknown.at("/status").intValue()).isEqualTo(422);
        assertThat(unknown.at("/errors/0/pointer").textValue()).isEqualTo("/earnings");
        assertThat(unknown.at("/errors/0/code").textValue()).isEqualTo("unknown_field");
        JsonNode wrong =
                JSON.readTree(
                        put(
                                        shop,
                                        "name: A\nunit: {one: p, many: p}\ncurrency: VND\nrewards: [{key: a, name: A, kind: percent_off, percent: 101}]\n",
                                        "application/yaml",
                                        "application/json")
                                .body());
        assertThat(wrong.at("/errors/0/pointer").textValue()).isEqualTo("/rewards/0/percent");
        assertThat(put(shop, "", "application/yaml", "application/json").statusCode())
                .isEqualTo(400);
        assertThat(put(shop, "[".repeat(5_000), "application/yaml", "*/*").statusCode())
                .isEqualTo(400);
    }

    @Test
    void anOldDraftIsNotOverwrittenInYamlEither() throws Exception {
        Shop shop = service.signUp();
        String text = Files.readString(PRESETS.resolve("stamp-card.yml"));
        String tag =
                put(shop, text, "application/yaml", "*/*")
                        .headers()
                        .firstValue("ETag")
                        .orElseThrow();
        put(shop, text, "application/yaml", "*/*");
        HttpResponse<String> late =
                send(
                        request(shop, DRAFT)
                                .header("Content-Type", "application/yaml")
                                .header("If-Match", tag)
                                .PUT(HttpRequest.BodyPublishers.ofString(text)));
        assertThat(late.statusCode()).isEqualTo(412);
    }

    @Test
    void ofTwoWhoSaveTheFirstDraftAtOnceTheSecondIsToldToReadItAgain() throws Exception {
        Shop shop = service.signUp();
        String text = JSON.writeValueAsString(Shop.program("VND", 10_000));
        String tag = shop.live().get(DRAFT).header("ETag");
        Callable<HttpResponse<String>> second =
                () ->
                        send(
                                request(shop, DRAFT)
                                        .header("Content-Type", "application/json")
                                        .header("If-Match", tag)
                                        .PUT(HttpRequest.BodyPublishers.ofString(text)));
        try (ExecutorService other = Executors.newSingleThreadExecutor();
                Inside first = Inside.of(shop, Side.LIVE)) {
            Future<HttpResponse<String>> answer =
                    first.in(tx -> {
                        new PublishingDao(tx).saveDraft(new Programs().inForce(tx).program());
                        Future<HttpResponse<String>> waiting = other.submit(second);
                        assertThatThrownBy(() -> waiting.get(2, TimeUnit.SECONDS))
                                .isInstanceOf(TimeoutException.class);
                        return waiting;
                    });
            assertThat(answer.get().statusCode()).isEqualTo(412);
        }
    }

    @Test
    void aShopBeginsWithThePresetOfItsSignupInItsOwnCurrency() {
        Shop shop =
                service.signUp("Asia/Ho_Chi_Minh", "VN", "VND", Map.of("preset", "beauty-insider"));
        shop.live()
                .get("/v1/program")
                .then()
                .statusCode(200)
                .body(field("currency", equalTo("VND")))
                .body(field("name.en", equalTo("Beauty Insider")))
                .body(field("tiers.levels.threshold", equalTo(List.of(0, 8_750_000, 25_000_000))))
                .body(field("earning[0].points.per_amount", equalTo(25_000)));
        shop.test().get("/v1/program").then().body(field("name.en", equalTo("Beauty Insider")));
        shop.live().get("/v1/program/versions").then().body(field("data", hasSize(1)));
    }

    @Test
    void aDraftIsBegunFromAPreset() {
        Shop shop = service.signUp();
        shop.live()
                .body(Map.of("preset", "two-tier-vip"))
                .post(DRAFT + "/from-preset")
                .then()
                .statusCode(200)
                .body(field("currency", equalTo("VND")))
                .body(field("tiers.levels[1].threshold", equalTo(15_000_000)));
        shop.live().get("/v1/program").then().body(field("tiers", equalTo(null)));
        shop.live()
                .body(Map.of("preset", "unheard-of"))
                .post(DRAFT + "/from-preset")
                .then()
                .statusCode(422)
                .body(field("errors[0].code", equalTo("unknown_preset")));
    }

    @Test
    void anEarlierVersionIsRestoredAsADraftAndNoVersionChanges() {
        Shop shop = service.signUp();
        Shop.publish(shop.liveCalls(), Shop.program("VND", 10_000));
        Shop.publish(shop.liveCalls(), Shop.program("VND", 20_000));
        shop.live()
                .post("/v1/program/versions/2/restore")
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"3\""))
                .body(field("earning[0].points.per_amount", equalTo(10_000)));
        shop.live()
                .get("/v1/program")
                .then()
                .body(field("earning[0].points.per_amount", equalTo(20_000)));
        assertThat(publish(shop)).isEqualTo(4);
        shop.live()
                .get("/v1/program/versions/3")
                .then()
                .body(field("program.earning[0].points.per_amount", equalTo(20_000)));
        shop.liveCalls().post("/v1/program/versions/9/restore", 404);
        shop.raw()
                .contentType("application/json")
                .post("/v1/program/versions/x/restore")
                .then()
                .statusCode(404);
    }

    @Test
    void publishingWarnsAndRefusesNothing() {
        Shop shop = service.signUp();
        shop.liveCalls().put(DRAFT, Shop.program("VND", 10_000));
        shop.live()
                .body(Map.of("reason", "Opening"))
                .post("/v1/program/publish")
                .then()
                .statusCode(200)
                .body(field("version", equalTo(2)))
                .body(field("warnings.rule", hasItem("R01")))
                .body(field("warnings.rule", hasItem("R03")))
                .body(field("warnings.pointer", hasItem("/terms/ends_on")))
                .body(field("warnings[0].detail", startsWith("Public rules")));
        Shop abroad = service.signUp("Europe/Berlin", "DE", "EUR");
        abroad.liveCalls().put(DRAFT, Shop.program("EUR", 100));
        abroad.live()
                .body(Map.of())
                .post("/v1/program/publish")
                .then()
                .statusCode(200)
                .body(field("warnings", hasSize(0)));
    }

    @Test
    void aMemberKeepsTheVersionThatWasAcceptedAndAChangeTakesEffectAtItsDate() {
        Shop shop = service.signUp();
        Shop.publish(shop.testCalls(), Shop.program("VND", 10_000));
        Shop.enrol(shop.testCalls(), Map.of("external_id", "before"));
        String now = shop.test().get("/v1/test-clock").as(Fields.class).getString("now");
        String later = java.time.Instant.parse(now).plus(java.time.Duration.ofDays(31)).toString();
        shop.testCalls().put(DRAFT, Shop.program("VND", 20_000));
        shop.test()
                .body(Map.of("reason", "Dear times", "effective_at", later))
                .post("/v1/program/publish")
                .then()
                .statusCode(200)
                .body(field("version", equalTo(3)))
                .body(field("warnings.pointer", org.hamcrest.Matchers.not(hasItem("/reason"))));
        shop.test()
                .get("/v1/program")
                .then()
                .body(field("earning[0].points.per_amount", equalTo(10_000)));
        shop.testCalls().post("/v1/test-clock/advance", Map.of("by", "P32D"), 200);
        shop.test()
                .get("/v1/program")
                .then()
                .body(field("earning[0].points.per_amount", equalTo(20_000)));
        Shop.enrol(shop.testCalls(), Map.of("external_id", "after"));
        shop.test().get("/v1/members/ext:before").then().body(field("program_version", equalTo(2)));
        shop.test().get("/v1/members/ext:after").then().body(field("program_version", equalTo(3)));
        accepts(shop, "before", 4)
                .statusCode(422)
                .body(field("errors[0].pointer", equalTo("/program_version")));
        accepts(shop, "before", 3).statusCode(200).body(field("program_version", equalTo(3)));
        accepts(shop, "before", 2).statusCode(422);
        shop.test().get("/v1/members/ext:before").then().body(field("program_version", equalTo(3)));
        shop.test()
                .body(Map.of("effective_at", now))
                .post("/v1/program/publish")
                .then()
                .statusCode(422)
                .body(field("errors[0].pointer", equalTo("/effective_at")));
    }

    private static ValidatableResponse accepts(Shop shop, String member, int version) {
        return shop.test()
                .body(Map.of("program_version", version))
                .patch("/v1/members/ext:" + member)
                .then();
    }

    @Test
    void nothingButAPublicationMakesAVersionAndItIsAnEvent() {
        Shop shop = service.signUp();
        shop.liveCalls().put(DRAFT, Shop.program("VND", 10_000));
        shop.live().get("/v1/program/versions").then().body(field("data", hasSize(1)));
        assertThat(publish(shop)).isEqualTo(2);
        shop.live()
                .get("/v1/program/versions")
                .then()
                .body(field("data.version", equalTo(List.of(2, 1))))
                .body(field("data[0].reason", equalTo("test")));
        String first =
                shop.live().queryParam("limit", 1).get("/v1/program/versions").path("next_cursor");
        shop.live()
                .queryParam("limit", 1)
                .queryParam("cursor", first)
                .get("/v1/program/versions")
                .then()
                .body(field("data.version", equalTo(List.of(1))))
                .body(field("next_cursor", nullValue()));
    }

    @Test
    void aPurchaseEarnsUnderTheVersionOfItsTimeWhereTheClockWasSetBack() {
        Shop past = service.signUp();
        past.testCalls().post("/v1/test-clock", Map.of("start", "2020-01-10T00:00:00Z"), 200);
        String member = Shop.enrol(past.testCalls(), Map.of("external_id", "1")).getString("id");
        past.test().body(Map.of("by", "P10D")).post("/v1/test-clock/advance");
        Shop.publish(past.testCalls(), Shop.program("VND", 10_000));
        Map.of("2020-01-15T00:00:00Z", 1, "2020-01-20T00:00:00Z", 2)
                .forEach((at, version) ->
                        past.test()
                                .body(
                                        Map.of(
                                                "source",
                                                "till",
                                                "order_id",
                                                at,
                                                "member",
                                                member,
                                                "purchased_at",
                                                at,
                                                "amount",
                                                10_000))
                                .post("/v1/purchases")
                                .then()
                                .statusCode(201)
                                .body(field("program_version", equalTo(version))));
    }

    /** A part that is absent is written as an empty list, which means the same. */
    private static JsonNode comparable(JsonNode document) throws Exception {
        ObjectNode parts = (ObjectNode) JSON.readTree(JSON.writeValueAsString(document));
        List<String> empty =
                parts.properties().stream()
                        .filter(part -> part.getValue().isArray() && part.getValue().isEmpty())
                        .map(Map.Entry::getKey)
                        .toList();
        return parts.remove(empty);
    }

    private static int publish(Shop shop) {
        return shop.liveCalls()
                .post("/v1/program/publish", Map.of("reason", "test"), 200)
                .get("version");
    }

    private static HttpResponse<String> put(Shop shop, String body, String type, String accept)
            throws Exception {
        return send(
                request(shop, DRAFT)
                        .header("Content-Type", type)
                        .header("Accept", accept)
                        .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> get(Shop shop, String path, String accept)
            throws Exception {
        return send(request(shop, path).header("Accept", accept));
    }

    private static HttpRequest.Builder request(Shop shop, String path) {
        return HttpRequest.newBuilder(service.base().resolve(path))
                .header("Authorization", "Bearer " + shop.liveKey());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
