package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.ServiceUnderTest;
import io.regulars.edge.HostileStrings;
import io.regulars.edge.Tags;
import io.regulars.testing.Browser;
import io.regulars.testing.Fields;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Whatever is typed into a page or stands in a file, no page breaks, none repeats it as markup, and
 * what was taken is there as it was said. A choice by a fixed seed; with {@code -Dhostile=all}
 * everything.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileFormsJourney {

    private static final boolean ALL = "all".equals(System.getProperty("hostile"));

    /** Fewer than one address may send to one shop in ten minutes. */
    private static final int FORMS_OF_ONE_SHOP = 50;

    private static final Random CHOICE = new Random(20_261_122);

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private final Browser phone = new Browser(service, "en");
    private final List<String> hostile = new ArrayList<>();

    @BeforeAll
    void read() throws Exception {
        hostile.addAll(HostileStrings.all());
        hostile.addAll(List.of("nul \0 within", "a lone \ud800 surrogate", "x".repeat(1_000_000)));
    }

    /** A form on a page, as somebody would fill it in. */
    private record Form(String path, boolean hasToken, Map<String, String> fields) {}

    private static List<Form> forms(FurnishedShop shop, Browser phone) {
        String join = "/j/" + shop.shop().tenantId();
        String card = shop.ids().get("card");
        String wishes = Browser.link(phone.get(card).asString(), "/u/");
        return List.of(
                new Form(
                        join,
                        true,
                        Map.of(
                                "name", "Lan",
                                "email", "joins@example.com",
                                "phone", "0905 111 222",
                                "birth_day", "7",
                                "birth_month", "3",
                                "birth_year", "1990",
                                "old_enough", "yes",
                                "consent", "yes",
                                "ref", "ABC",
                                "lang", "en")),
                new Form(join + "/card", true, Map.of("email", "joins@example.com", "lang", "en")),
                new Form(
                        card,
                        false,
                        Map.of(
                                "action", "correct",
                                "name", "Lan",
                                "phone", "0905 111 222",
                                "birth_day", "7",
                                "birth_month", "3",
                                "birth_year", "1990",
                                "locale", "en")),
                new Form(wishes, false, Map.of("topic", "birthday", "action", "save")),
                new Form("/n/abcdefghijkl", false, Map.of("score", "9", "comment", "good")),
                new Form(
                        "/signup",
                        false,
                        Map.of(
                                "business_name", "Tea",
                                "email", "tea@shop.example",
                                "password", "correct horse battery",
                                "country", "VN",
                                "time_zone", "Asia/Ho_Chi_Minh",
                                "currency", "VND",
                                "locale", "en",
                                "preset", "stamp-card",
                                "lang", "en")),
                new Form("/v/abcdefghijkl", false, Map.of("name", "x")),
                new Form("/p/abcdefghijkl", false, Map.of("password", "correct horse battery")),
                new Form("/i/abcdefghijkl", false, Map.of("password", "correct horse battery")),
                new Form("/e/abcdefghijkl", false, Map.of("name", "x")));
    }

    /** One field of one form with one text. */
    private record Filled(int form, String field, String text) {}

    @Test
    void noFormBreaksOrRepeatsWhatWasTypedAsMarkup() {
        List<Filled> all = new ArrayList<>();
        FurnishedShop shop = FurnishedShop.at(service);
        List<Form> forms = forms(shop, phone);
        for (int i = 0; i < forms.size(); i++) {
            for (String field : forms.get(i).fields().keySet().stream().sorted().toList()) {
                for (String text : hostile) {
                    all.add(new Filled(i, field, text));
                }
            }
        }
        Collections.shuffle(all, CHOICE);
        List<String> troubles = new ArrayList<>();
        int sent = 0;
        for (Filled filled : ALL ? all : all.subList(0, FORMS_OF_ONE_SHOP)) {
            if (sent++ == FORMS_OF_ONE_SHOP) {
                sent = 1;
                shop = FurnishedShop.at(service);
                forms = forms(shop, phone);
            }
            Form form = forms.get(filled.form());
            Map<String, String> fields = new HashMap<>(form.fields());
            fields.put(filled.field(), filled.text());
            Response answer =
                    form.hasToken()
                            ? phone.send(form.path(), fields)
                            : phone.post(form.path(), fields);
            judge(answer, form.path() + " " + filled.field(), filled.text(), troubles::add);
            if (form.path().startsWith("/c/") && answer.statusCode() == 200) {
                JsonPath member =
                        shop.shop()
                                .live()
                                .get("/v1/members/" + shop.ids().get("member"))
                                .as(Fields.class);
                if (filled.field().equals("name")
                        && !filled.text().isBlank()
                        && !filled.text().strip().equals(member.getString("name"))) {
                    troubles.add("kept as " + member.getString("name") + ": " + filled.text());
                }
            }
        }
        assertThat(troubles).isEmpty();
    }

    @Test
    void noAddressBreaksOrIsRepeatedAsMarkup() {
        String tenant = FurnishedShop.at(service).shop().tenantId();
        List<String> paths =
                List.of(
                        "/j/%s",
                        "/j/%s/card",
                        "/j/%s/poster",
                        "/j/%s/qr.svg",
                        "/t/%s",
                        "/c/%s",
                        "/c/%s/data.json",
                        "/u/%s",
                        "/v/%s",
                        "/i/%s",
                        "/e/%s",
                        "/p/%s",
                        "/n/%s",
                        "/l/%s",
                        "/r/%s",
                        "/inbox?to=%s",
                        "/inbox/messages/%s",
                        "/%s",
                        "/j/" + tenant + "?name=%s",
                        "/j/" + tenant + "?lang=%s",
                        "/j/" + tenant + "?ref=%s&utm_source=%s",
                        "/t/" + tenant + "?lang=%s");
        List<String> troubles = new ArrayList<>();
        for (String path : paths) {
            for (String text : ALL ? hostile : chosen(3)) {
                if (!text.isEmpty()) {
                    String address = path.replace("%s", HostileCalls.encoded(text));
                    judge(phone.get(address), "GET " + path, text, troubles::add);
                }
            }
        }
        assertThat(troubles).isEmpty();
    }

    @Test
    void noTextOfAProgramGetsOutOfItsPlace() throws Exception {
        FurnishedShop shop = FurnishedShop.at(service);
        String draft = shop.bodies().template("put", "/v1/program/draft").toString();
        List<String> names =
                List.of("Khách quen", "Regulars", "Cùng nhau", "Together", "Quà", "Gifts", "Huế")
                        .stream()
                        .filter(draft::contains)
                        .toList();
        // From the second version on the card asks to agree to it.
        shop.shop().live().body(Map.of("reason", "again")).post("/v1/program/publish");
        List<List<String>> plain = elements(shop);
        List<String> markup = new ArrayList<>(HostileStrings.markup());
        Collections.shuffle(markup, CHOICE);
        for (String text : ALL ? markup : markup.subList(0, 4)) {
            String quoted = new ObjectMapper().writeValueAsString(text);
            String inner = quoted.substring(1, quoted.length() - 1);
            String odd = draft;
            for (String name : names) {
                odd = odd.replace("\"" + name + "\"", "\"" + inner + "\"");
            }
            int status =
                    shop.shop()
                            .raw()
                            .contentType("application/json")
                            .body(odd.getBytes(StandardCharsets.UTF_8))
                            .put("/v1/program/draft")
                            .statusCode();
            assertThat(status).as(text).isIn(200, 422);
            if (status == 200) {
                shop.shop().live().body(Map.of("reason", "odd")).post("/v1/program/publish");
                assertThat(elements(shop)).as(text).isEqualTo(plain);
                // One line longer with each version, so only its words are looked at.
                String terms = phone.get("/t/" + shop.shop().tenantId()).asString();
                if (text.contains("<") && text.length() > 5) {
                    assertThat(terms).doesNotContain(text);
                }
            }
        }
    }

    private List<List<String>> elements(FurnishedShop shop) {
        String tenant = shop.shop().tenantId();
        List<List<String>> pages = new ArrayList<>();
        for (String page :
                List.of("/j/" + tenant, "/j/" + tenant + "/poster", shop.ids().get("card"))) {
            Response answer = phone.get(page);
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            pages.add(names(answer.asString()));
        }
        String mail =
                shop.shop()
                        .live()
                        .body(Map.of("member", Map.of("external_id", "lan")))
                        .post("/v1/campaigns/" + shop.ids().get("campaigns") + "/preview")
                        .then()
                        .statusCode(200)
                        .extract()
                        .as(Fields.class)
                        .get("mail.html");
        pages.add(names(mail));
        return pages;
    }

    private static List<String> names(String html) {
        return Tags.of(html).stream().map(tag -> tag.replaceFirst("[\\s>].*", "")).toList();
    }

    @Test
    void aFileOfOddTextsIsTakenAsItIsOrRefusedRowByRow() {
        FurnishedShop shop = FurnishedShop.at(service);
        StringBuilder members = new StringBuilder("external_id,name,attr:note\n");
        StringBuilder purchases =
                new StringBuilder(
                        "source,order_id,member_external_id,purchased_at,amount,sku,category,quantity,line_amount\n");
        List<String> texts = hostile.subList(0, hostile.size() - 2);
        for (int i = 0; i < texts.size(); i++) {
            String cell = '"' + texts.get(i).replace("\"", "\"\"") + '"';
            members.append("odd-" + i + "," + cell + "," + cell + "\n");
            purchases.append(
                    String.format(
                            Locale.ROOT,
                            "till,p-%d,odd-%d,2026-01-01T10:00:00Z,1000,%s,%s,1,1000\n",
                            i,
                            i,
                            cell,
                            cell));
        }
        imported(shop, "members", members.toString(), texts.size());
        for (int i = 0; i < texts.size(); i += ALL ? 1 : 25) {
            Response member = shop.shop().live().get("/v1/members/ext:odd-" + i);
            if (member.statusCode() == 200 && !texts.get(i).isBlank()) {
                assertThat(member.as(Fields.class).getString("name").strip())
                        .isEqualTo(texts.get(i).strip());
            }
        }
        imported(shop, "purchases", purchases.toString(), texts.size());
        imported(shop, "purchases", "\0\0" + texts.getLast(), 0);
        imported(shop, "members", String.join("\n", texts), -1);
        imported(shop, "members", "external_id,name\nx," + hostile.getLast() + "\n", 1);
    }

    /**
     * @param rows expected in the file; negative: any number
     */
    private static void imported(FurnishedShop shop, String kind, String csv, int rows) {
        Response answer =
                shop.shop()
                        .raw()
                        .contentType("text/csv;charset=UTF-8")
                        .body(csv.getBytes(StandardCharsets.UTF_8))
                        .post("/v1/imports?kind=" + kind);
        assertThat(answer.statusCode()).as(answer.asString()).isIn(202, 400, 422);
        if (answer.statusCode() == 202) {
            String path = "/v1/imports/" + answer.path("id");
            JsonPath done =
                    Awaitility.await()
                            .until(
                                    () -> shop.shop().live().get(path).as(Fields.class),
                                    now ->
                                            List.of("completed", "failed")
                                                    .contains(now.getString("status")));
            if (rows > 0) {
                assertThat(done.getString("status")).isEqualTo("completed");
                assertThat(done.getLong("rows")).isEqualTo(rows);
            }
            shop.shop().liveCalls().get(path + "/errors?limit=200");
        }
    }

    private List<String> chosen(int count) {
        return CHOICE.ints(count, 0, hostile.size()).mapToObj(hostile::get).toList();
    }

    private static void judge(
            Response answer, String where, String text, Consumer<String> trouble) {
        String body = answer.asString();
        if (answer.statusCode() >= 500) {
            trouble.accept(answer.statusCode() + " " + where + ": " + shortened(text));
        }
        boolean isMarkup = text.length() > 5 && (text.contains("<") || text.contains("\""));
        if (isMarkup && body.contains(text)) {
            trouble.accept("repeated " + where + ": " + shortened(text));
        }
        String type = answer.contentType();
        if (answer.statusCode() != 303
                && !type.isEmpty()
                && !type.startsWith("text/html")
                && !type.startsWith("application/problem+json")
                && !type.startsWith("application/json")
                && !type.startsWith("image/svg+xml")) {
            trouble.accept(type + " " + where);
        }
    }

    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
