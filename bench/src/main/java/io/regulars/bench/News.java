package io.regulars.bench;

import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Pauses;
import io.regulars.bench.lab.Postgres;
import io.regulars.bench.lab.Request;
import io.regulars.bench.lab.Shop;
import io.regulars.platform.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A shop with many members, and mail to all of them: in its own words, with each member's name,
 * points and progress, in two languages.
 */
record News(Shop shop, String schema, int members) {

    /** Over so many connections the service gives its mail to the relay. */
    static final int CONNECTIONS = 8;

    private static final Clock CLOCK = Clock.system();

    /** It is planned at this hour, so it must lie ahead when the campaign is activated. */
    private static final Duration AHEAD = Duration.ofSeconds(3);

    private static final Map<String, Object> WORDS =
            Map.of(
                    "vi",
                    words(
                            "Chào ${member.name!\"bạn\"}, quán có món mới",
                            "Bạn đang có ${points}. Mùa đông này quán có món mới, mời bạn ghé thử.",
                            "Xem thực đơn"),
                    "en",
                    words(
                            "Hello ${member.name!\"there\"}, something new",
                            "You have ${points}. There is something new this winter, come and try.",
                            "See the menu"));

    private static Map<String, Object> words(String subject, String text, String label) {
        return Map.of(
                "subject",
                subject,
                "blocks",
                List.of(
                        Map.of("type", "heading", "text", subject),
                        Map.of("type", "text", "text", text),
                        Map.of("type", "progress"),
                        Map.of(
                                "type", "button",
                                "label", label,
                                "url", "https://shop.example/menu"),
                        Map.of("type", "divider")));
    }

    /** The service that sends, with a heap of 256 MB. */
    static Node sender(Lab lab, Postgres database, SmtpSink sink) throws IOException {
        return lab.node(
                database,
                Map.of(
                        "TICK", "1s",
                        "MAIL_FROM", "news@regulars.example",
                        "FIRST_SENDS", "0",
                        "SMTP_URL", sink.url(CONNECTIONS)),
                List.of("-Xmx256m"));
    }

    /** A shop where it is day now: advertising waits for the morning. */
    static Shop shop(Client client) throws IOException {
        return Shop.signUp(client, Map.of("time_zone", sunny()));
    }

    private static String sunny() {
        return Stream.of(
                        "Asia/Ho_Chi_Minh",
                        "Asia/Dubai",
                        "Europe/London",
                        "America/Sao_Paulo",
                        "America/New_York",
                        "America/Los_Angeles",
                        "Pacific/Auckland")
                .min(
                        Comparator.comparingInt(zone ->
                                Math.abs(12 - CLOCK.now().atZone(ZoneId.of(zone)).getHour())))
                .orElseThrow();
    }

    /** Members with an address who want mail, and have no points yet. */
    static News of(Postgres database, Shop shop, int members) throws Exception {
        String schema = shop.schema(database);
        database.execute(
                String.format(
                        Locale.ROOT,
                        """
                        insert into %1$s.member (id, email, email_key, name, name_key, locale, attributes, card_number, referral_code,
                               marketing_email, program_version, joined_at, version, created_at, updated_at)
                        select uuidv7(), 'm' || i || '@%3$s', 'm' || i || '@%3$s', 'Nguyễn Văn ' || i, 'nguyen van ' || i,
                               case when i %% 3 = 0 then 'en' end, '{}', 'C' || i, 'R' || i,
                               true, 1, now() - interval '100 days', 1, now(), now()
                          from generate_series(1, %2$d) i;
                        insert into %1$s.account (member_id, balance, debt, carry, stamps, active_at)
                        select id, 0, 0, '{}', '{}', now() from %1$s.member;
                        analyze %1$s.member;
                        analyze %1$s.account;
                        """,
                        schema,
                        members,
                        domain(schema)));
        return new News(shop, schema, members);
    }

    /** Where the members of a shop have their addresses: a domain has no underscores. */
    static String domain(String schema) {
        return schema.replace('_', '-') + ".example";
    }

    /**
     * Activates the mail to everybody and waits for its hour.
     *
     * @return {@link System#nanoTime} at that hour
     */
    long send(Client client) throws IOException {
        Instant at = CLOCK.now().plus(AHEAD).truncatedTo(ChronoUnit.MILLIS);
        String id =
                client.send(
                                Request.post(
                                                "/v1/campaigns",
                                                Map.of(
                                                        "name",
                                                        "News",
                                                        "kind",
                                                        "broadcast",
                                                        "content",
                                                        WORDS,
                                                        "schedule",
                                                        Map.of("starts_at", at.toString())))
                                        .as(shop.key()))
                        .expect(201)
                        .json()
                        .get("id")
                        .asText();
        client.send(Request.post("/v1/campaigns/" + id + "/activate").as(shop.key())).expect(200);
        Pauses.of(Duration.between(CLOCK.now(), at).plusMillis(1));
        return System.nanoTime();
    }

    /** How many of its messages are in this state. */
    long count(Postgres database, String state) throws Exception {
        return Long.parseLong(
                database.ask(
                        "select count(*) from "
                                + schema
                                + ".message where state = '"
                                + state
                                + "'"));
    }
}
