package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.regulars.ServiceUnderTest;
import io.regulars.Shop;
import io.regulars.platform.db.Side;
import io.regulars.testing.TestDatabase;
import io.restassured.path.json.JsonPath;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * The reports on a year of a real shop's till, against figures that are counted here from the file
 * itself. The rows are put into the tables directly: how they come there is tested elsewhere.
 */
class ReportsRetailJourney {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final String YEAR = "?from=2010-12-01&to=2011-11-30";
    private static final LocalDateTime END = LocalDateTime.parse("2011-12-01T00:00:00");
    private static final Duration QUICK = Duration.ofSeconds(1);

    private static final Map<String, Invoice> INVOICES = new LinkedHashMap<>();
    private static Shop shop;

    private static final class Invoice {
        private final String customer;
        private final LocalDateTime at;
        private long pence;

        private Invoice(String customer, LocalDateTime at) {
            this.customer = customer;
            this.at = at;
        }
    }

    @BeforeAll
    static void fill() throws Exception {
        Path file =
                Path.of(
                        System.getProperty("shared.data", "absent"),
                        "online_retail",
                        "online_retail.csv.gz");
        Assumptions.assumeTrue(Files.exists(file), "the Online Retail data are not here");
        read(file);
        shop = ServiceUnderTest.shared().signUp("Europe/London", "GB", "GBP");
        Tables tables = tables();
        try (Connection connection =
                        TestDatabase.superuserConnection(ServiceUnderTest.shared().database());
                Statement statement = connection.createStatement()) {
            String schema = shop.schema(Side.LIVE);
            copy(
                    connection,
                    schema
                            + ".member (id, external_id, attributes, card_number, referral_code, marketing_email, program_version, joined_at, version, created_at, updated_at)",
                    tables.people());
            copy(
                    connection,
                    schema + ".account (member_id, balance, debt, carry, stamps, active_at)",
                    tables.accounts());
            copy(
                    connection,
                    schema
                            + ".purchase (id, source, order_id, member_id, amount, refunded, effects, program_version, content_hash, purchased_at, recorded_at, updated_at)",
                    tables.purchases());
            statement.execute("analyze " + schema + ".purchase");
        }
    }

    /** The rows of three tables, as COPY takes them. */
    private record Tables(StringBuilder people, StringBuilder accounts, StringBuilder purchases) {}

    private static Tables tables() {
        Map<String, UUID> members = new HashMap<>();
        StringBuilder people = new StringBuilder();
        StringBuilder accounts = new StringBuilder();
        StringBuilder purchases = new StringBuilder();
        INVOICES.forEach((number, invoice) -> {
            if (!invoice.customer.isEmpty() && !members.containsKey(invoice.customer)) {
                UUID id = UUID.nameUUIDFromBytes(invoice.customer.getBytes(StandardCharsets.UTF_8));
                members.put(invoice.customer, id);
                String at = invoice.at.atZone(LONDON).toInstant().toString();
                people.append(
                        String.join(
                                        "\t",
                                        id.toString(),
                                        invoice.customer,
                                        "{}",
                                        "c" + id,
                                        "r" + id,
                                        "false",
                                        "1",
                                        at,
                                        "1",
                                        at,
                                        at)
                                + "\n");
                accounts.append(id + "\t0\t0\t{}\t{}\t" + at + "\n");
            }
            UUID member = members.get(invoice.customer);
            String at = invoice.at.atZone(LONDON).toInstant().toString();
            purchases.append(
                    String.join(
                                    "\t",
                                    UUID.nameUUIDFromBytes(number.getBytes(StandardCharsets.UTF_8))
                                            .toString(),
                                    "till",
                                    number,
                                    member == null ? "\\N" : member.toString(),
                                    Long.toString(invoice.pence),
                                    "0",
                                    "{}",
                                    "1",
                                    number,
                                    at,
                                    at,
                                    at)
                            + "\n");
        });
        return new Tables(people, accounts, purchases);
    }

    private static void copy(Connection connection, String into, StringBuilder rows)
            throws Exception {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + into + " from stdin", new StringReader(rows.toString()));
    }

    private static void read(Path file) throws Exception {
        try (CsvReader<CsvRecord> csv =
                CsvReader.builder()
                        .ofCsvRecord(
                                new InputStreamReader(
                                        new GZIPInputStream(Files.newInputStream(file)),
                                        StandardCharsets.UTF_8))) {
            boolean first = true;
            for (CsvRecord row : csv) {
                String number = row.getField(0);
                if (first || number.startsWith("C") || number.startsWith("A")) {
                    first = false;
                    continue;
                }
                Invoice invoice =
                        INVOICES.computeIfAbsent(
                                number,
                                key ->
                                        new Invoice(
                                                row.getField(6),
                                                LocalDateTime.parse(
                                                        row.getField(4).replace(' ', 'T'))));
                long quantity = Long.parseLong(row.getField(3));
                if (quantity > 0) {
                    invoice.pence +=
                            new BigDecimal(row.getField(5))
                                    .movePointRight(2)
                                    .multiply(BigDecimal.valueOf(quantity))
                                    .longValue();
                }
            }
        }
    }

    private static JsonPath report(String name) {
        return shop.liveCalls().get("/v1/reports/" + name + YEAR);
    }

    private static List<Invoice> ofTheYear() {
        return INVOICES.values().stream().filter(one -> one.at.isBefore(END)).toList();
    }

    private static Map<String, List<Invoice>> byCustomer() {
        Map<String, List<Invoice>> customers = new HashMap<>();
        for (Invoice invoice : ofTheYear()) {
            if (!invoice.customer.isEmpty()) {
                customers.computeIfAbsent(invoice.customer, key -> new ArrayList<>()).add(invoice);
            }
        }
        return customers;
    }

    @Test
    void theOverviewCountsWhatTheTillPrinted() {
        Map<String, List<Invoice>> customers = byCustomer();
        long repeaters = customers.values().stream().filter(all -> all.size() > 1).count();
        long revenue = ofTheYear().stream().mapToLong(one -> one.pence).sum();
        JsonPath figures = report("overview");
        assertThat(figures.getLong("figures.purchases")).isEqualTo(ofTheYear().size());
        assertThat(figures.getLong("figures.revenue")).isEqualTo(revenue);
        assertThat(figures.getLong("figures.active_members")).isEqualTo(customers.size());
        assertThat(figures.getLong("figures.average_order"))
                .isEqualTo(Math.round((double) revenue / ofTheYear().size()));
        assertThat(figures.getDouble("figures.repeat_purchase_rate"))
                .isEqualTo(Math.round(10_000.0 * repeaters / customers.size()) / 10_000.0);
        Map<String, Long> byMonth = new TreeMap<>();
        ofTheYear()
                .forEach(one ->
                        byMonth.merge(YearMonth.from(one.at).toString(), one.pence, Long::sum));
        for (Map<String, Object> row : figures.<Map<String, Object>>getList("rows")) {
            assertThat(((Number) row.get("revenue")).longValue())
                    .as(row.get("month").toString())
                    .isEqualTo(byMonth.get(row.get("month")));
        }
        assertThat(figures.getLong("figures.value_of_a_member_next_year")).isPositive();
    }

    @Test
    void retentionIsCountedByTheMonthOfTheFirstPurchase() {
        Map<YearMonth, Set<String>> cohorts = new TreeMap<>();
        Map<YearMonth, Set<String>> nextMonth = new TreeMap<>();
        byCustomer()
                .forEach((customer, invoices) -> {
                    YearMonth first =
                            invoices.stream()
                                    .map(one -> YearMonth.from(one.at))
                                    .sorted()
                                    .findFirst()
                                    .orElseThrow();
                    cohorts.computeIfAbsent(first, key -> new HashSet<>()).add(customer);
                    if (invoices.stream()
                            .anyMatch(one -> YearMonth.from(one.at).equals(first.plusMonths(1)))) {
                        nextMonth.computeIfAbsent(first, key -> new HashSet<>()).add(customer);
                    }
                });
        List<Map<String, Object>> rows = report("retention").getList("rows");
        assertThat(rows).hasSize(12);
        for (Map<String, Object> row : rows) {
            YearMonth month = YearMonth.parse(row.get("cohort").toString());
            assertThat(((Number) row.get("members")).intValue())
                    .isEqualTo(cohorts.get(month).size());
            if (row.containsKey("month_1")) {
                assertThat(((Number) row.get("month_1")).doubleValue())
                        .isCloseTo(
                                (double) nextMonth.get(month).size() / cohorts.get(month).size(),
                                within(0.0001));
            }
        }
    }

    @Test
    void frequencyAddsUpToAllBuyersAndPurchases() {
        Map<String, List<Invoice>> customers = byCustomer();
        Map<String, Long> members = new HashMap<>();
        report("frequency")
                .<Map<String, Object>>getList("rows")
                .forEach(row ->
                        members.put(
                                row.get("purchases").toString(),
                                ((Number) row.get("members")).longValue()));
        assertThat(members.values().stream().mapToLong(n -> n).sum()).isEqualTo(customers.size());
        for (int times = 1; times < 5; times++) {
            int n = times;
            assertThat(members)
                    .containsEntry(
                            Integer.toString(n),
                            customers.values().stream().filter(all -> all.size() == n).count());
        }
        assertThat(
                        report("segments").<Map<String, Object>>getList("rows").stream()
                                .mapToLong(row -> ((Number) row.get("members")).longValue())
                                .sum())
                .isEqualTo(customers.size());
    }

    @Test
    void everyReportIsQuickInEveryForm() {
        for (String name :
                List.of(
                        "overview",
                        "liability",
                        "retention",
                        "frequency",
                        "tiers",
                        "campaigns",
                        "segments",
                        "nps")) {
            for (String format : List.of("json", "csv", "svg")) {
                String body = quick(name, format);
                if (format.equals("svg")) {
                    assertThat(body)
                            .startsWith("<svg")
                            .contains("<title", "<desc")
                            .endsWith("</svg>");
                }
            }
        }
    }

    /** The least of three times counts: the machine has other tests to run as well. */
    private static String quick(String name, String format) {
        Duration least = Duration.ofDays(1);
        String body = "";
        for (int i = 0; i < 3 && least.compareTo(QUICK) >= 0; i++) {
            long start = System.nanoTime();
            body =
                    shop.raw()
                            .get("/v1/reports/" + name + YEAR + "&format=" + format)
                            .then()
                            .statusCode(200)
                            .extract()
                            .asString();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            least = took.compareTo(least) < 0 ? took : least;
        }
        assertThat(least).as(name + " " + format).isLessThan(QUICK);
        return body;
    }
}
