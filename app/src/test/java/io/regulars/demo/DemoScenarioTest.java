package io.regulars.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoScenarioTest {
    /** 10:00:30 in Vietnam. */
    private static final Instant MORNING = Instant.parse("2026-11-22T03:00:30Z");

    private static final Patience SHORT =
            new Patience(
                    Duration.ofMillis(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5));
    private static final Patience NONE_FOR_MAIL =
            new Patience(
                    Duration.ofMillis(5),
                    Duration.ofMillis(50),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(-2));

    @TempDir Path dir;

    private SmallService service;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void open() throws IOException {
        service = new SmallService();
        dueOn(LocalDate.of(2026, 11, 22), ZoneId.of("Asia/Ho_Chi_Minh"))
                .forEach(a -> service.birthdayMessages.put(a, "sent"));
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void theWholeWayOnceFromSignUpToBirthdayMails() {
        DemoReport report = play(Optional.empty(), MORNING, SHORT);

        assertThat(report.members()).isEqualTo(600);
        assertThat(report.purchases()).isBetween(8_000L, 10_000L);
        assertThat(report.mails())
                .isEqualTo(service.birthdayMessages.size())
                .isGreaterThanOrEqualTo(5);
        assertThat(report.key()).isEqualTo(SmallService.LIVE_KEY);
        assertThat(report.again()).isFalse();
        assertThat(service.imported("members")).hasSize(600);
        assertThat(service.imported("purchases").size()).isGreaterThan(9_000);
        assertThat(service.calls.indexOf("POST /v1/program/publish"))
                .isLessThan(service.calls.indexOf("POST /v1/imports"));
    }

    @Test
    void theCampaignRunsInTheNextMinuteInTheShopsZone() {
        play(Optional.empty(), MORNING, SHORT);

        assertThat(body("POST /v1/signups").path("time_zone").asText())
                .isEqualTo("Asia/Ho_Chi_Minh");
        JsonNode campaign = body("POST /v1/campaigns");
        assertThat(campaign.path("kind").asText()).isEqualTo("birthday");
        assertThat(campaign.path("offer").path("reward").asText()).isEqualTo("birthday_treat");
        assertThat(campaign.path("schedule").path("at").asText()).isEqualTo("10:01");
    }

    @Test
    void inVietnamsNightTheShopOpensWhereItIsDayAndSaysSo() {
        service.birthdayMessages.clear();
        Instant night = Instant.parse("2026-11-22T15:30:00Z");
        dueOn(LocalDate.of(2026, 11, 22), ZoneId.of("Europe/Paris"))
                .forEach(a -> service.birthdayMessages.put(a, "sent"));

        DemoReport report = play(Optional.empty(), night, SHORT);

        assertThat(body("POST /v1/signups").path("time_zone").asText()).isEqualTo("Europe/Paris");
        assertThat(body("POST /v1/campaigns").path("schedule").path("at").asText())
                .isEqualTo("16:31");
        assertThat(report.block())
                .contains("It is night in Vietnam")
                .contains("16:31 each day, Europe/Paris time")
                .contains("birthday offers, anniversary discounts", "win-back offers");
    }

    @Test
    void anOldVerificationMailOfTheSameAddressIsNotMistakenForTheNewOne() {
        service.leaveMail("owner@example.com", "https://regulars.example/v/token-0");

        play(Optional.empty(), MORNING, SHORT);

        assertThat(body("POST /v1/signups/verify").path("token").asText()).isEqualTo("token-1");
    }

    @Test
    void aVerificationMailThatNeverComesIsSaidWithWhereToLook() {
        service.looksUntilMail = Integer.MAX_VALUE;

        assertThatThrownBy(() -> play(Optional.empty(), MORNING, NONE_FOR_MAIL))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("No verification mail for owner@example.com")
                .hasMessageContaining("/inbox");
    }

    @Test
    void aSecondStartImportsNothingAndShowsWhatIsThere() {
        DemoReport first = play(Optional.empty(), MORNING, SHORT);
        service.calls.clear();

        DemoReport second = play(Optional.empty(), MORNING.plusSeconds(86_400), SHORT);

        assertThat(service.calls).allMatch(call -> call.startsWith("GET "));
        assertThat(service.calls).contains("GET /v1/tenant", "GET /v1/messages");
        assertThat(second.again()).isTrue();
        assertThat(second.mails()).isEqualTo(first.mails());
        assertThat(second.block())
                .contains("is still here", first.key(), "/j/" + first.tenant(), "/till");
    }

    @Test
    void theStateFileIsItsOwnersAloneToRead() throws IOException {
        play(Optional.empty(), MORNING, SHORT);

        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(dir.resolve("demo.json"))))
                .isEqualTo("rw-------");
        try (var files = Files.list(dir)) {
            assertThat(files).containsExactly(dir.resolve("demo.json"));
        }
    }

    @Test
    void aShopThatIsGoneFromTheDatabaseIsSignedUpAnew() {
        play(Optional.empty(), MORNING, SHORT);
        service.tenant = "ten_small2";

        DemoReport report = play(Optional.empty(), MORNING, SHORT);

        assertThat(report.again()).isFalse();
        assertThat(service.count("POST /v1/signups")).isEqualTo(2);
        assertThat(output()).contains("no longer in this database");
    }

    @Test
    void aStartThatWasStoppedHalfWayGoesOnWithTheSameShop() throws IOException {
        Path file = csv("KH-1,2026-11-01T02:00:00Z,oops\n");
        assertThatThrownBy(() -> play(Optional.of(file), MORNING, SHORT))
                .hasMessageContaining("Not one row");
        Files.writeString(file, Files.readString(file).replace("oops", "45000"));

        DemoReport report = play(Optional.of(file), MORNING, SHORT);

        assertThat(report.purchases()).isEqualTo(1);
        assertThat(service.count("POST /v1/signups")).isEqualTo(1);
    }

    @Test
    void importsShowTheirRowsWhileTheyRun() {
        play(Optional.empty(), MORNING, SHORT, true);

        assertThat(output())
                .contains("Importing members  ████████████░░░░░░░░░░░░  300 of 600 rows");
        assertThat(output()).contains("Importing members: 600 rows");
    }

    @Test
    void withoutATerminalThereAreOnlyPlainLines() {
        play(Optional.empty(), MORNING, SHORT, false);

        assertThat(output())
                .doesNotContain("\u001b", "\r")
                .contains("✓ Importing members: 600 rows");
    }

    @Test
    void aShopsOwnFileBringsItsMembersAndTellsEachBrokenLine() throws IOException {
        Path file =
                csv(
                        """
                        KH-1,2026-11-01T02:00:00Z,45000
                        KH-2,2026-11-02T02:00:00Z,forty
                        KH-1,2026-11-03T02:00:00Z,39000
                        KH-3,2026-11-04T02:00:00Z,-1
                        """);

        DemoReport report = play(Optional.of(file), MORNING, SHORT);

        assertThat(report.purchases()).isEqualTo(2);
        assertThat(report.members()).isEqualTo(4);
        assertThat(report.mails()).isZero();
        assertThat(output())
                .contains("line 3: amount: 'forty' is not a whole number")
                .contains("line 5: amount: '-1' is not a whole number")
                .contains("2 rows, 2 not taken");
        assertThat(service.count("POST /v1/imports")).isEqualTo(1);
        assertThat(service.count("POST /v1/campaigns/cmp_1/activate")).isEqualTo(1);
        assertThat(service.count("POST /v1/campaigns/cmp_2/activate")).isEqualTo(3);
    }

    @Test
    void failedRowsAreUnderstoodAsJsonToo() throws IOException {
        service.errorsAsJson = true;

        play(
                Optional.of(
                        csv("KH-1,2026-11-01T02:00:00Z,45000\nKH-2,2026-11-02T02:00:00Z,forty\n")),
                MORNING,
                SHORT);

        assertThat(output()).contains("line 3: amount: 'forty' is not a whole number");
    }

    @Test
    void aMendedFileIsBroughtInAgainIntoTheSameShop() throws IOException {
        Path file = csv("KH-1,2026-11-01T02:00:00Z,45000\nKH-2,2026-11-02T02:00:00Z,forty\n");
        play(Optional.of(file), MORNING, SHORT);
        Files.writeString(file, Files.readString(file).replace("forty", "40000"));

        DemoReport mended = play(Optional.of(file), MORNING, SHORT);
        DemoReport again = play(Optional.of(file), MORNING, SHORT);

        assertThat(mended.purchases()).isEqualTo(2);
        assertThat(again.again()).isTrue();
        assertThat(service.count("POST /v1/imports")).isEqualTo(2);
        assertThat(service.count("POST /v1/signups")).isEqualTo(1);
        assertThat(service.count("POST /v1/campaigns")).isEqualTo(4);
    }

    @Test
    void aCompressedFileIsTakenAsItIs() throws IOException {
        Path file = dir.resolve("mua-hang.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(Files.readAllBytes(csv("KH-1,2026-11-01T02:00:00Z,45000\n")));
        }

        assertThat(play(Optional.of(file), MORNING, SHORT).purchases()).isEqualTo(1);
    }

    @Test
    void aMissingOrWrongFileIsToldBeforeAnythingIsSignedUp() throws IOException {
        Path missing = dir.resolve("nowhere.csv");
        Path picture =
                Files.write(
                        dir.resolve("picture.png"),
                        new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        Path semicolons = Files.writeString(dir.resolve("excel.csv"), "order_id;amount\n1;2\n");

        assertThatThrownBy(() -> play(Optional.of(missing), MORNING, SHORT))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("There is no file " + missing);
        assertThatThrownBy(() -> play(Optional.of(dir), MORNING, SHORT))
                .hasMessageContaining("cannot be read as a file");
        assertThatThrownBy(() -> play(Optional.of(picture), MORNING, SHORT))
                .hasMessageContaining("not text in UTF-8");
        assertThatThrownBy(() -> play(Optional.of(semicolons), MORNING, SHORT))
                .hasMessageContaining("does not name member_external_id, purchased_at");
        assertThat(service.calls).isEmpty();
    }

    @Test
    void mailsThatDoNotLeaveAreSaidWithTheirReasons() {
        String unlucky = service.birthdayMessages.keySet().iterator().next();
        service.birthdayMessages.put(unlucky, "skipped");

        DemoReport report = play(Optional.empty(), MORNING, SHORT);

        assertThat(report.mails()).isEqualTo(service.birthdayMessages.size() - 1);
        assertThat(report.block()).contains(" mails due, 1 did not leave: skipped suppressed.");
    }

    @Test
    void aBusyServiceIsAskedAgainUnderTheSameIdempotencyKey() {
        service.busyAnswers = 2;

        play(Optional.empty(), MORNING, SHORT);

        List<String> keys = service.idempotencyKeys;
        assertThat(keys.subList(0, 3)).containsOnly(keys.getFirst());
        assertThat(keys.subList(2, keys.size())).doesNotHaveDuplicates().hasSizeGreaterThan(5);
    }

    @Test
    void nothingAtTheAddressIsSaidPlainly() {
        URI nobody = service.url();
        service.close();

        assertThatThrownBy(() ->
                        DemoScenario.run(
                                nobody,
                                dir,
                                Optional.empty(),
                                () -> MORNING,
                                console(false),
                                SHORT))
                .hasMessage("Nothing answers at " + nobody + ". Is the service running there?");
    }

    @Test
    void atEveryHourOfTheYearItIsDayInOneOfTheZones() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        for (int quarter = 0; quarter < 366 * 96; quarter++) {
            Instant at = start.plusSeconds(quarter * 900L);
            assertThat(ShopHours.stillToday(ShopHours.soon(at, ShopHours.zoneInDaylight(at))))
                    .as("%s", at)
                    .isTrue();
        }
    }

    private DemoReport play(Optional<Path> purchases, Instant now, Patience patience) {
        return play(purchases, now, patience, false);
    }

    private DemoReport play(
            Optional<Path> purchases, Instant now, Patience patience, boolean terminal) {
        return DemoScenario.run(
                service.url(), dir, purchases, () -> now, console(terminal), patience);
    }

    private Progress console(boolean terminal) {
        return new ConsoleProgress(
                new PrintStream(printed, true, StandardCharsets.UTF_8), terminal, false);
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private JsonNode body(String call) {
        return Objects.requireNonNull(service.bodies.get(call));
    }

    private Path csv(String rows) throws IOException {
        StringBuilder text =
                new StringBuilder("source,order_id,member_external_id,purchased_at,amount\n");
        int[] order = {0};
        rows.lines()
                .forEach(row ->
                        text.append("pos,")
                                .append(++order[0])
                                .append(',')
                                .append(row)
                                .append('\n'));
        return Files.writeString(dir.resolve("mua-hang.csv"), text);
    }

    private static List<String> dueOn(LocalDate today, ZoneId zone) {
        return BuyerSimulator.simulate(BuyerSimulator.Plan.usual(today, zone))
                .birthdaysOn(today)
                .stream()
                .filter(Buyer::consents)
                .map(Buyer::email)
                .filter(Objects::nonNull)
                .toList();
    }
}
