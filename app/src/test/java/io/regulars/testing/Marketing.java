package io.regulars.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.engagement.tracking.UnsubscribeLinks;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.secrets.SecretText;
import io.regulars.platform.secrets.Signer;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.net.URLEncoder;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A shop's marketing on its test side: campaigns, and what became of them. */
public final class Marketing {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Shop shop;
    private final Till till;

    /**
     * @param clock what the test clock shows at first
     * @param program the parts of the program beside name, unit and currency
     */
    public Marketing(String zone, String clock, String program) {
        this(zone, "US", clock, program);
    }

    /** The same in another country. */
    public Marketing(String zone, String country, String clock, String program) {
        this(ServiceUnderTest.shared(), zone, country, clock, program);
    }

    /** The same at a service of one's own. */
    public Marketing(
            ServiceUnderTest service, String zone, String country, String clock, String program) {
        this.shop = service.signUp(zone, country, "USD");
        this.till = new Till(shop).at(clock).with(program);
    }

    /** A shop in New York at seven in the morning of 10 January 2027. */
    public static Marketing newYork(String program) {
        return new Marketing("America/New_York", "2027-01-10T12:00:00Z", program);
    }

    public Till till() {
        return till;
    }

    public Shop shop() {
        return shop;
    }

    /** Enrols somebody with an address who wants mail. */
    public String member(Map<String, Object> more) {
        String name = "m" + NUMBERS.incrementAndGet();
        Map<String, Object> said = new HashMap<>();
        said.put("external_id", name);
        // An address of this class alone: the inbox is everybody's.
        said.put("email", name + ".here@example.com");
        said.put("locale", "en");
        said.put("consents", Shop.consent());
        said.putAll(more);
        return till.member(said);
    }

    /** So many of whom the same is said; answers their ids. */
    public List<String> members(int count, Map<String, Object> said) {
        return IntStream.range(0, count).mapToObj(i -> member(said)).toList();
    }

    public ValidatableResponse make(String json) {
        return till.api().body(json).post("/v1/campaigns").then();
    }

    /** Makes a campaign and leaves it a draft; answers its id. */
    public String draft(String kind, String parts) {
        return till.calls().post("/v1/campaigns", campaign(kind, parts), 201).get("id");
    }

    /** Makes and activates a campaign; answers its id. */
    public String run(String kind, String parts) {
        return Shop.campaign(till.calls(), campaign(kind, parts));
    }

    private static String campaign(String kind, String parts) {
        return "{\"name\": \"%s\", \"kind\": \"%s\", %s}".formatted(kind, kind, parts);
    }

    /** Whom a campaign would reach, at what cost, and how its mail looks. */
    public JsonPath preview(String campaign) {
        return preview(campaign, Map.of());
    }

    /** The same with the mail as this member would get it. */
    public JsonPath preview(String campaign, String member) {
        return preview(campaign, Map.of("member", member));
    }

    private JsonPath preview(String campaign, Map<String, Object> said) {
        return till.calls().post("/v1/campaigns/" + campaign + "/preview", said, 200);
    }

    /** Why the member gets a campaign's mail or does not. */
    public JsonPath explain(String campaign, String member) {
        return till.calls()
                .post("/v1/campaigns/" + campaign + "/explain", Map.of("member", member), 200);
    }

    public JsonPath report(String campaign) {
        return till.calls().get("/v1/campaigns/" + campaign + "/report");
    }

    public void refuses(String json, String pointer, String code) {
        List<Map<String, String>> errors =
                make(json).statusCode(422).extract().as(Fields.class).get("errors");
        assertThat(errors)
                .anySatisfy(error ->
                        assertThat(error)
                                .containsEntry("pointer", pointer)
                                .containsEntry("code", code));
    }

    public void withdraws(String member) {
        till.calls()
                .put(
                        "/v1/members/" + member + "/consents/marketing_email",
                        Map.of("granted", false, "source", "till"));
    }

    /** Says on the member's page that they want advertising on these topics only. */
    public void wants(String member, String... topics) {
        StringBuilder form = new StringBuilder("action=choose");
        for (String topic : topics) {
            form.append("&topic=").append(topic);
        }
        shop.service()
                .rawApi()
                .contentType("application/x-www-form-urlencoded")
                .body(form.toString())
                .post(unsubscribePath(member))
                .then()
                .statusCode(200);
    }

    /** The page to which the way out of the member's mails leads. */
    public String unsubscribePath(String member) {
        return unsubscribePath(shop, Side.TEST, member);
    }

    /** The same on either side. */
    public static String unsubscribePath(Shop shop, Side side, String member) {
        return new UnsubscribeLinks(
                        new Signer(new SecretText("a key that is only good for tests")),
                        shop.service().base())
                .sign(
                        new TenantRef(
                                new TenantId(shop.tenantUuid()),
                                side,
                                "t_" + "0".repeat(26),
                                ZoneId.of("UTC"),
                                "VN",
                                Locale.ENGLISH),
                        MemberId.parse(member).orElseThrow())
                .getPath();
    }

    /** When mails of this kind were sent to the member, oldest first. */
    public List<String> sent(String member, String kind) {
        List<String> newestFirst =
                till.calls()
                        .get("/v1/members/" + member + "/messages?limit=200")
                        .get(
                                "data.findAll { it.state == 'sent' && it.kind == '%s' }.sent_at"
                                        .formatted(kind));
        return newestFirst.stream().sorted().toList();
    }

    /**
     * All messages of a member as {@code kind occurrence state reason}, oldest occurrence first.
     */
    public List<String> messages(String member) {
        List<Map<String, String>> messages =
                till.calls().get("/v1/members/" + member + "/messages?limit=200").get("data");
        return messages.stream()
                .map(message ->
                        String.join(
                                        " ",
                                        message.get("kind"),
                                        message.get("occurrence"),
                                        message.get("state"),
                                        message.getOrDefault("reason", ""))
                                .strip())
                .sorted()
                .toList();
    }

    public List<String> voucherStates(String member) {
        return till.calls().get("/v1/members/" + member + "/vouchers").get("data.state");
    }

    /** The text part of the newest mail to the member. */
    public String text(String member) {
        return mail(member).getString("text").replace("\r\n", "\n");
    }

    /** The newest mail to the member, as the inbox shows it. */
    public JsonPath mail(String member) {
        String to = till.shown(member).getString("email");
        Calls inbox = shop.service().calls(null);
        String id =
                inbox.get("/inbox/messages?to=" + URLEncoder.encode(to, UTF_8)).get("data[0].id");
        return inbox.get("/inbox/messages/" + id);
    }
}
