package io.regulars.demo;

import static io.regulars.demo.Wording.counted;
import static io.regulars.demo.Wording.text;

import io.regulars.demo.Api.Body;
import io.regulars.demo.DemoClient.Message;
import io.regulars.demo.HistoryCsv.Sheet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** The steps between a fresh shop and its first birthday mails, each shown while it runs. */
final class OpeningDay {
    private final DemoClient client;
    private final Supplier<Instant> now;
    private final Progress progress;
    private final Patience patience;
    private final List<String> notes = new ArrayList<>();

    /**
     * What a history brought in.
     *
     * @param birthdays whose birthday is today, as far as the demo knows them
     * @param sample a path worth a look afterwards
     */
    record Brought(long members, long purchases, List<Buyer> birthdays, String sample) {}

    OpeningDay(DemoClient client, Supplier<Instant> now, Progress progress, Patience patience) {
        this.client = client;
        this.now = now;
        this.progress = progress;
        this.patience = patience;
    }

    /** What the person should know besides the numbers. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    void setUp(DemoState state) {
        progress.step("Publishing its program");
        client.describeShop(state.ownerEmail());
        int version = client.publishProgram();
        progress.done(
                "version "
                        + version
                        + ", 1 point per 10,000 ₫, 20% off on birthdays, 15% on anniversaries");
        if (!state.timeZone().equals(ShopHours.home().getId())) {
            notes.add(
                    text(
                            "It is night in Vietnam, and no mail leaves at night: the shop keeps %s time instead.",
                            state.timeZone()));
        }
    }

    Brought bringSimulated(DemoState state) {
        LocalDate today = LocalDate.parse(state.today());
        progress.step("Simulating eighteen months of a café");
        History history =
                BuyerSimulator.simulate(
                        BuyerSimulator.Plan.usual(today, ZoneId.of(state.timeZone())));
        int orders = history.orders().size();
        int buyers = history.buyers().size();
        progress.done(counted(orders, "purchases") + " by " + counted(buyers, "members"));
        Sheet members = HistoryCsv.members(history);
        bring("members", gzip(members), members.rows());
        Sheet purchases = HistoryCsv.purchases(history);
        bring("purchases", gzip(purchases), purchases.rows());
        List<Buyer> birthdays = history.birthdaysOn(today);
        return new Brought(
                buyers, orders, birthdays, "/v1/members/ext:" + birthdays.getFirst().externalId());
    }

    /**
     * Members are who the file names: without birth dates and consent, so nobody is due a birthday
     * mail yet.
     */
    Brought bring(PurchasesFile file) {
        ImportResult result = bring("purchases", file.body(), file.lines());
        if (result.taken() == 0) {
            throw new DemoFailure(
                    text("Not one row of %s was taken: %s", file.path(), result.problems()));
        }
        notes.add(
                text(
                        "Amounts of %s were taken as whole ₫, and each row counts as a purchase here.",
                        file.path().getFileName()));
        notes.add(
                "No birthday mail yet: purchases name no birth dates, addresses or consent. Import members to add them.");
        progress.step("Counting members");
        long members = client.countMembers();
        progress.done(counted(members, "members"));
        return new Brought(members, result.taken(), List.of(), "/v1/members?limit=3");
    }

    private ImportResult bring(String kind, Body body, long rows) {
        progress.step("Importing " + kind);
        ImportResult result =
                client.runImport(kind, body, soFar -> progress.count(soFar, rows, "rows"));
        String failed = result.failed() == 0 ? "" : ", " + counted(result.failed(), "not taken");
        progress.done(counted(result.taken(), "rows") + failed);
        if (result.failed() > 0) {
            tellProblems(kind, result);
        }
        return result;
    }

    private void tellProblems(String kind, ImportResult result) {
        result.problems().forEach(problem -> progress.note(problem.toString()));
        long more = result.failed() - result.problems().size();
        if (more > 0) {
            progress.note("… and " + counted(more, "more"));
        }
        String first =
                result.problems().stream().findFirst().map(p -> "; the first is " + p).orElse("");
        notes.add(
                text(
                        "%s of %s were not taken%s. Mend them and start again: what is in already is not counted twice.",
                        counted(result.failed(), "rows"), kind, first));
    }

    DemoState startCampaigns(DemoState state) {
        LocalTime at = ShopHours.soon(now.get(), ZoneId.of(state.timeZone()));
        progress.step("Starting its four campaigns");
        String id = client.startCampaigns(at);
        progress.done("they run at " + DemoShop.hour(at));
        return state.withCampaign(id, DemoShop.hour(at));
    }

    /**
     * Until everyone who is due has a message and the inbox holds it; answers how many were sent.
     */
    long awaitBirthdayMails(DemoState state, List<Buyer> birthdays) {
        String campaign = Objects.requireNonNull(state.campaign());
        LocalTime at = LocalTime.parse(Objects.requireNonNull(state.mailsLeaveAt()));
        Set<String> due = addressesDue(birthdays);
        if (due.isEmpty()) {
            return 0;
        }
        if (!ShopHours.stillToday(at)) {
            notes.add(
                    text(
                            "It has become night in %s: the birthday mails wait for another day.",
                            state.timeZone()));
            return 0;
        }
        progress.step("Waiting for " + DemoShop.hour(at) + ", when the birthday mails leave");
        Duration ahead =
                Duration.between(now.get().atZone(ZoneId.of(state.timeZone())).toLocalTime(), at);
        Duration limit = ahead.isNegative() ? patience.campaign() : patience.campaign().plus(ahead);
        patience.until(
                limit,
                () -> Optional.of(count(campaign, due)).filter(settled -> settled == due.size()));
        List<Message> messages = client.messages(campaign);
        long sent = messages.stream().filter(Message::sent).count();
        progress.done(counted(sent, "mails") + " sent");
        tellBirthdays(state, birthdays, messages, due);
        return sent;
    }

    private int count(String campaign, Set<String> due) {
        Set<String> settled = new HashSet<>();
        for (Message message : client.messages(campaign)) {
            boolean there = !message.sent() || client.inboxHoldsMailFor(message.to());
            if (message.settled() && due.contains(message.to()) && there) {
                settled.add(message.to());
            }
        }
        progress.count(settled.size(), due.size(), "mails");
        return settled.size();
    }

    private void tellBirthdays(
            DemoState state, List<Buyer> birthdays, List<Message> messages, Set<String> due) {
        Set<String> got =
                messages.stream()
                        .filter(Message::sent)
                        .map(Message::to)
                        .collect(Collectors.toSet());
        long noConsent = birthdays.stream().filter(buyer -> !buyer.consents()).count();
        long noAddress =
                birthdays.stream()
                        .filter(buyer -> buyer.consents() && buyer.email() == null)
                        .count();
        notes.add(
                text(
                        "%s members have their birthday on %s: %s got a mail, %s did not agree to mail, %s left no address.",
                        birthdays.size(), state.today(), got.size(), noConsent, noAddress));
        long missing = due.stream().filter(address -> !got.contains(address)).count();
        if (missing > 0) {
            String why =
                    messages.stream()
                            .filter(message ->
                                    due.contains(message.to())
                                            && message.settled()
                                            && !message.sent())
                            .map(message -> message.state() + " " + message.reason())
                            .distinct()
                            .collect(Collectors.joining(", "));
            String reason = why.isEmpty() ? "not within the time the demo waits" : why.strip();
            notes.add(text("Of %s mails due, %s did not leave: %s.", due.size(), missing, reason));
        }
    }

    private static Set<String> addressesDue(List<Buyer> birthdays) {
        return birthdays.stream()
                .filter(Buyer::consents)
                .flatMap(buyer -> Stream.ofNullable(buyer.email()))
                .collect(Collectors.toSet());
    }

    private static Body gzip(Sheet sheet) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(sheet.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Body(BodyPublishers.ofByteArray(packed.toByteArray()), "text/csv", true);
    }
}
