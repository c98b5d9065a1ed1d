package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.db.Side;
import io.regulars.testing.Cdnow;
import io.regulars.testing.TakesLong;
import io.regulars.testing.TestDatabase;
import io.restassured.path.json.JsonPath;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The whole way once: sign-up, a real history, and a birthday's mail from a Quartz tick to an SMTP
 * server.
 */
@TakesLong
class CdnowBirthdaysJourney {

    /** 09:00 in New York on 2 February 2027. */
    private static final String BEFORE_THE_HOUR = "2027-02-02T13:59:56Z";

    private static final String THE_DAY_BEFORE = "2027-02-01T13:00:00Z";

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void everyDueMemberWithConsentGetsOneMailAndNobodyElse() throws Exception {
        String purchases = Cdnow.csv(Cdnow.rows());
        DatabaseSettings database = TestDatabase.create();
        Set<String> due;
        Shop shop;
        String campaign;
        try (ServiceUnderTest service =
                ServiceUnderTest.start(database, Map.of("CLOCK_START", THE_DAY_BEFORE))) {
            shop = service.signUp("America/New_York", "US", "USD");
            Shop.publish(shop.liveCalls(), Shop.program("USD", 100));
            importCsv(shop, "purchases", purchases, Cdnow.PURCHASES);
            pointsAreWhatAnIndependentSumSays(database, shop);
            due = importBirthdays(shop);
            campaign = Shop.birthdayCampaign(shop.liveCalls(), Map.of("at", "09:00"));
        }
        GreenMail relay = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        relay.start();
        Map<String, String> atNine =
                Map.of(
                        "CLOCK_START",
                        BEFORE_THE_HOUR,
                        "SMTP_URL",
                        "smtp://127.0.0.1:" + relay.getSmtp().getPort());
        try (ServiceUnderTest one = ServiceUnderTest.start(database, atNine);
                ServiceUnderTest another = ServiceUnderTest.start(database, atNine)) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> relay.getReceivedMessages().length >= due.size());
            Shop atOne = shop.at(one);
            everyMailIsRight(relay, due);
            // Both nodes tick on; nothing more may come of it.
            Awaitility.await()
                    .during(Duration.ofSeconds(4))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> relay.getReceivedMessages().length == due.size());
            atOne.live()
                    .queryParam("campaign", campaign)
                    .queryParam("state", "sent")
                    .queryParam("limit", 200)
                    .get("/v1/messages")
                    .then()
                    .statusCode(200)
                    .body("data.size()", equalTo(due.size()));
            assertThat(another.base()).isNotEqualTo(one.base());
        } finally {
            relay.stop();
        }
    }

    private static void importCsv(Shop shop, String kind, String csv, int rows) {
        JsonPath job = Shop.bring(shop.liveCalls(), kind, csv);
        assertThat(job.getInt("rows")).isEqualTo(rows);
        assertThat(job.getInt("imported")).isEqualTo(rows);
    }

    /**
     * Our points against a plain SQL sum over the purchases, and the totals that the data is known
     * for.
     */
    private static void pointsAreWhatAnIndependentSumSays(DatabaseSettings database, Shop shop)
            throws SQLException {
        try (Connection connection = TestDatabase.superuserConnection(database);
                Statement statement = connection.createStatement()) {
            String schema = shop.schema(Side.LIVE);
            assertThat(
                            row(
                                    statement,
                                    "select count(*), sum(amount), count(*) filter (where amount = 0) from "
                                            + schema
                                            + ".purchase"))
                    .containsExactly((long) Cdnow.PURCHASES, Cdnow.CENTS, (long) Cdnow.OF_NOTHING);
            assertThat(row(statement, "select count(*) from " + schema + ".member"))
                    .containsExactly((long) Cdnow.MEMBERS);
            assertThat(
                            row(
                                    statement,
                                    "select count(*) from (select member_id, floor(sum(amount) / 100)::bigint as points from "
                                            + schema
                                            + ".purchase group by member_id) expected join "
                                            + schema
                                            + ".account using (member_id) where expected.points <> account.balance"))
                    .containsExactly(0L);
            assertThat(row(statement, "select sum(balance) from " + schema + ".account").getFirst())
                    .isGreaterThan(2_400_000L);
        }
    }

    /**
     * Gives some members birthdays on the day; answers the addresses of those who are due a mail.
     */
    private static Set<String> importBirthdays(Shop shop) {
        StringBuilder csv =
                new StringBuilder(
                        "external_id,email,name,birth_date,time_zone,marketing_email,consent_source,consent_at\n");
        IntStream.rangeClosed(1, 60).forEach(i -> csv.append(birthday(i)));
        importCsv(shop, "members", csv.toString(), 60);
        return IntStream.rangeClosed(1, 60)
                .filter(CdnowBirthdaysJourney::isDue)
                .mapToObj(CdnowBirthdaysJourney::address)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * A third has it today; of those some said no, some have no address, some live where the hour
     * is not yet.
     */
    private static String birthday(int i) {
        String date = i % 3 == 0 ? "1980-02-02" : "1980-02-03";
        String email = i % 15 == 0 ? "" : address(i);
        String zone = i % 12 == 0 ? "America/Los_Angeles" : "";
        String consent = i % 9 == 0 ? ",,," : ",true,paper form,2026-05-01T00:00:00Z";
        return String.format(Locale.ROOT, "%05d", i)
                + ","
                + email
                + ",Member "
                + i
                + ","
                + date
                + ","
                + zone
                + consent
                + "\n";
    }

    private static boolean isDue(int i) {
        return i % 3 == 0 && i % 15 != 0 && i % 12 != 0 && i % 9 != 0;
    }

    private static String address(int i) {
        return "member" + i + "@example.com";
    }

    private static void everyMailIsRight(GreenMail relay, Set<String> due) throws Exception {
        Map<String, Integer> received = new HashMap<>();
        for (MimeMessage mail : relay.getReceivedMessages()) {
            received.merge(
                    mail.getRecipients(Message.RecipientType.TO)[0].toString(), 1, Integer::sum);
            assertThat(mail.getSubject()).isEqualTo("Hôm nay là ngày của BẠN!");
            assertThat(mail.getHeader("List-Unsubscribe-Post"))
                    .containsExactly("List-Unsubscribe=One-Click");
            assertThat(mail.getHeader("List-Unsubscribe")[0]).startsWith("<http").contains("/u/");
            assertThat(text(mail)).contains("Giảm giá sinh nhật", "1 Lê Lợi, Huế");
        }
        assertThat(received.keySet()).containsExactlyInAnyOrderElementsOf(due);
        assertThat(received.values()).containsOnly(1);
    }

    private static String text(MimeMessage mail) throws IOException, MessagingException {
        Multipart parts = (Multipart) mail.getContent();
        return parts.getBodyPart(0).getContent().toString();
    }

    private static List<Long> row(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            Long[] values = new Long[result.getMetaData().getColumnCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = result.getLong(i + 1);
            }
            return Arrays.asList(values);
        }
    }
}
