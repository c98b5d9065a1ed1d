package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.testing.Expected;
import io.regulars.testing.Expected.Hours;
import io.regulars.testing.Expected.Person;
import io.regulars.testing.Fields;
import io.regulars.testing.TakesLong;
import io.regulars.testing.Till;
import io.restassured.http.ContentType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Six weeks of the four mission campaigns, over the end of February and the changes to summer time:
 * the captured mail against what {@link Expected} makes of the raw members and purchases. Nobody is
 * left out, and nobody gets anything twice.
 */
@TakesLong
class FourCampaignsJourney {

    private static final List<String> ZONES =
            List.of("America/New_York", "Europe/Berlin", "Pacific/Auckland", "Asia/Ho_Chi_Minh");
    private static final Map<String, String> KINDS =
            Map.of(
                    "Today is your day!", "birthday",
                    "We have not seen you for a while", "win_back");
    private static final Instant START = Instant.parse("2027-02-20T16:30:00Z");
    private static final Instant END = START.plus(44, ChronoUnit.DAYS);
    private static final int MEMBERS = 24;
    private static final int SILENCE = 20;
    private static final Hours HOURS =
            new Hours(
                    LocalTime.of(15, 0),
                    LocalTime.of(9, 0),
                    LocalTime.of(9, 0),
                    LocalTime.of(10, 30));

    @ParameterizedTest
    @CsvSource({
        "America/New_York, US, USD, 1",
        "Pacific/Auckland, NZ, NZD, 2",
    })
    void everybodyGetsWhatTheyMustAndNothingElse(
            String zone, String country, String currency, long seed) {
        Shop shop = ServiceUnderTest.shared().signUp(zone, country, currency);
        Till till = new Till(shop).at(START.toString());
        till.program(
                """
                {"name": "Regulars", "unit": {"one": "p", "many": "p"}, "currency": "%s", "earning": [
                    {"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}]}
                """
                        .formatted(currency));
        Random random = new Random(seed);
        List<Person> people = people(random, "s" + seed);
        bring(till, people);
        run(till, "birthday", "{\"at\": \"15:00\"}");
        run(till, "anniversary", "{}");
        run(till, "monthly_progress", "{\"day_of_month\": 1}");
        run(till, "win_back", "{\"at\": \"10:30\", \"silence_days\": " + SILENCE + "}");
        List<Person> later = trade(till, people, random);
        till.advance(END.toString());
        Expected expected = new Expected(ZoneId.of(zone), START, END, SILENCE);
        Map<String, List<String>> must = new TreeMap<>();
        Map<String, List<String>> got = new TreeMap<>();
        for (Person person : later) {
            must.put(person.email(), expected.mails(person, HOURS).stream().sorted().toList());
            got.put(person.email(), captured(shop, person, ZoneId.of(zone)));
        }
        assertThat(got).isEqualTo(must);
        List<String> all = must.values().stream().flatMap(List::stream).toList();
        for (String kind : List.of("birthday", "anniversary", "monthly_progress", "win_back")) {
            assertThat(all)
                    .as("the test has work for " + kind)
                    .anyMatch(mail -> mail.endsWith(kind));
        }
    }

    /** Members whose days lie around the six weeks; every tenth has none of what a mail needs. */
    private static List<Person> people(Random random, String prefix) {
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            LocalDate born = LocalDate.of(1988, 2, 15).plusDays(random.nextInt(60));
            LocalDate joined = LocalDate.of(2024, 2, 15).plusDays(random.nextInt(60));
            String date = i % 7 == 0 ? "--02-29" : i % 9 == 0 ? "2016-03-05" : born.toString();
            Instant joinedAt =
                    (i % 11 == 0 ? LocalDate.of(2024, 2, 29) : joined)
                            .atTime(random.nextInt(24), random.nextInt(60))
                            .atZone(ZoneId.of("UTC"))
                            .toInstant();
            List<Instant> purchases = new ArrayList<>();
            for (int p = random.nextInt(3); p > 0; p--) {
                purchases.add(START.minus(random.nextInt(40 * 24) + 1L, ChronoUnit.HOURS));
            }
            people.add(
                    new Person(
                            prefix + "-" + i + "@example.com",
                            i % 5 == 4 ? null : date,
                            joinedAt,
                            random.nextInt(3) == 0 ? ZONES.get(random.nextInt(ZONES.size())) : null,
                            i % 10 != 9,
                            purchases));
        }
        return people;
    }

    private static void bring(Till till, List<Person> people) {
        StringBuilder members =
                new StringBuilder(
                        "external_id,email,birth_date,joined_at,locale,time_zone,marketing_email,consent_source,consent_at\n");
        StringBuilder purchases =
                new StringBuilder("source,order_id,member_external_id,purchased_at,amount\n");
        int order = 0;
        for (Person person : people) {
            members.append(
                    String.join(
                                    ",",
                                    id(person),
                                    person.email(),
                                    said(person.birthDate()),
                                    person.joinedAt().toString(),
                                    "en",
                                    said(person.zone()),
                                    person.consents() ? "true,form,2026-05-01T00:00:00Z" : ",,")
                            + "\n");
            for (Instant at : person.purchases()) {
                purchases.append("old," + order++ + "," + id(person) + "," + at + ",1000\n");
            }
        }
        Shop.bring(till.calls(), "members", members.toString());
        Shop.bring(till.calls(), "purchases", purchases.toString());
    }

    private static void run(Till till, String kind, String schedule) {
        Shop.campaign(
                till.calls(),
                "{\"name\": \"%s\", \"kind\": \"%s\", \"schedule\": %s}"
                        .formatted(kind, kind, schedule));
    }

    /** Some buy now and then meanwhile; answers everybody with what they bought. */
    private static List<Person> trade(Till till, List<Person> people, Random random) {
        List<Person> later = new ArrayList<>(people);
        Instant now = START;
        for (int i = 0; i < 14; i++) {
            now = now.plus(random.nextInt(80) + 20L, ChronoUnit.HOURS).plusSeconds(7);
            if (now.isAfter(END)) {
                return later;
            }
            till.advance(now.toString());
            int who = random.nextInt(people.size());
            Person buyer = later.get(who);
            String member =
                    till.api()
                            .get("/v1/members/ext:" + id(buyer))
                            .then()
                            .extract()
                            .as(Fields.class)
                            .get("id");
            till.buys(member, 1_000);
            List<Instant> purchases = new ArrayList<>(buyer.purchases());
            purchases.add(now);
            later.set(
                    who,
                    new Person(
                            buyer.email(),
                            buyer.birthDate(),
                            buyer.joinedAt(),
                            buyer.zone(),
                            buyer.consents(),
                            purchases));
        }
        return later;
    }

    /** What lies in the inbox for somebody, as {@code local-date kind}. */
    private static List<String> captured(Shop shop, Person person, ZoneId shops) {
        ZoneId zone = person.zone() == null ? shops : ZoneId.of(person.zone());
        List<Map<String, String>> mails =
                shop.service()
                        .rawApi()
                        .accept(ContentType.JSON)
                        .queryParam("to", person.email())
                        .get("/inbox/messages")
                        .then()
                        .statusCode(200)
                        .extract()
                        .as(Fields.class)
                        .get("data");
        return mails.stream()
                .map(mail ->
                        LocalDate.ofInstant(Instant.parse(mail.get("sent_at")), zone)
                                + " "
                                + kind(mail.getOrDefault("subject", "")))
                .sorted()
                .toList();
    }

    private static String kind(String subject) {
        if (subject.startsWith("You have ")) {
            return "monthly_progress";
        }
        return subject.endsWith("with you: thank you")
                ? "anniversary"
                : KINDS.getOrDefault(subject, subject);
    }

    private static String id(Person person) {
        return person.email().substring(0, person.email().indexOf('@'));
    }

    private static String said(@Nullable String text) {
        return text == null ? "" : text;
    }
}
