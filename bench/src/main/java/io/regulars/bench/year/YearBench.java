package io.regulars.bench.year;

import io.regulars.bench.Bench;
import io.regulars.bench.Figure;
import io.regulars.bench.Goal;
import io.regulars.bench.Section;
import io.regulars.bench.SmtpSink;
import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Postgres;
import io.regulars.bench.lab.Request;
import io.regulars.testing.Expected;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two hundred shops, twelve time zones, a year: who must get which mail, and who got it. */
public final class YearBench implements Bench {

    /** Five past the hour, for no campaign's hour falls on it in any zone; with a 29 February. */
    private static final Instant START = Instant.parse("2027-07-01T00:05:00Z");

    /** Before the year, for the shops to sign up and to bring in their past. */
    private static final Duration SETTING_UP = Duration.ofHours(8);

    private static final Duration STEP = Duration.ofHours(8);
    private static final Duration STEP_WITHIN = Duration.ofMinutes(5);
    private static final int SILENCE = 20;
    private static final int AT_ONCE = 4;
    private static final int SHOWN = 20;
    private static final Expected.Hours HOURS =
            new Expected.Hours(
                    LocalTime.of(9, 30),
                    LocalTime.of(9, 0),
                    LocalTime.of(9, 0),
                    LocalTime.of(10, 30));

    @Override
    public String name() {
        return "year";
    }

    @Override
    public Section run(Lab lab) throws Exception {
        int shops = lab.sized(200, 10);
        int days = lab.sized(366, 62);
        Instant end = START.plus(Duration.ofDays(days));
        Postgres database = lab.postgres(Map.of("synchronous_commit", "off"));
        List<Neighbourhood.Plan> plans = Neighbourhood.of(shops, 12, end, days);
        List<SimulatedShop> town = open(lab, database, plans);
        CapturedMail captured = new CapturedMail();
        SmtpSink sink = lab.mine(SmtpSink.start(captured));
        Map<String, String> environment =
                Map.of(
                        "CLOCK_START", START.toString(),
                        "SMTP_URL", sink.url(AT_ONCE),
                        "MAIL_FROM", "news@regulars.example",
                        "FIRST_SENDS", "0",
                        "RATE_LIMIT", "0",
                        "RATE_LIMIT_ADDRESS", "0");
        long begun = System.nanoTime();
        try (Node node = lab.node(database, environment, List.of("-Xmx256m"))) {
            try (Crew crew = new Crew(node.base())) {
                crew.all(town, YearBench::startCampaigns);
                live(lab, node, crew, town, end);
            }
        }
        double minutes = (System.nanoTime() - begun) / 60e9;
        Account account = new Account(HOURS, captured);
        for (SimulatedShop shop : town) {
            account.add(
                    new Expected(shop.place().zoneId(), START, end, SILENCE),
                    shop.place().zoneId(),
                    shop.people());
        }
        return section(
                lab, town, new Seen(days, minutes, vouchers(database, town)), account, captured);
    }

    /**
     * @param vouchers how many were issued with mails
     */
    private record Seen(int days, double minutes, long vouchers) {}

    /** Signed up and with a past, at a service that shows the mails with the links in them. */
    private static List<SimulatedShop> open(
            Lab lab, Postgres database, List<Neighbourhood.Plan> plans) throws Exception {
        lab.say(plans.size() + " shops sign up and bring in half a year");
        Map<String, String> environment =
                Map.of(
                        "CLOCK_START", START.minus(SETTING_UP).toString(),
                        "PASSWORD_MEMORY_KIB", "64",
                        "RATE_LIMIT", "0",
                        "RATE_LIMIT_ADDRESS", "0");
        try (Node node = lab.node(database, environment, List.of("-Xmx256m"));
                Crew crew = new Crew(node.base())) {
            return crew.map(
                    plans,
                    (client, plan) ->
                            SimulatedShop.open(client, plan, START.minus(SETTING_UP), STEP));
        }
    }

    private static void startCampaigns(Client client, SimulatedShop shop) throws IOException {
        shop.run(client, "birthday", at(HOURS.birthday()), "birthday_treat");
        shop.run(client, "anniversary", at(HOURS.anniversary()), "anniversary_treat");
        shop.run(
                client,
                "monthly_progress",
                Map.of("at", HOURS.monthly().toString(), "day_of_month", 1),
                null);
        shop.run(
                client,
                "win_back",
                Map.of("at", HOURS.winBack().toString(), "silence_days", SILENCE),
                "come_back");
    }

    private static Map<String, Object> at(LocalTime hour) {
        return Map.of("at", hour.toString());
    }

    /** Step by step: the clock, what is due by it, then what was bought meanwhile. */
    private static void live(Lab lab, Node node, Crew crew, List<SimulatedShop> town, Instant end)
            throws Exception {
        int month = 0;
        try (Client admin = new Client(node.admin(), STEP_WITHIN)) {
            for (Instant now = START; !now.isAfter(end); now = now.plus(STEP)) {
                if (now.isAfter(START)) {
                    admin.send(Request.post("/tasks/clock?to=" + now)).expect(200);
                }
                Instant round = now;
                crew.all(
                        town.stream().filter(shop -> shop.isBusy(round)).toList(),
                        (client, shop) -> shop.trade(client, round));
                int passed = (int) Duration.between(START, now).toDays() / 30;
                if (passed > month) {
                    month = passed;
                    lab.say("it is " + now);
                }
            }
        }
    }

    private static long vouchers(Postgres database, List<SimulatedShop> town) throws Exception {
        long vouchers = 0;
        for (SimulatedShop shop : town) {
            vouchers +=
                    Long.parseLong(
                            database.ask(
                                    "select count(*) from "
                                            + shop.shop().schema(database)
                                            + ".voucher where origin = 'campaign'"));
        }
        return vouchers;
    }

    private static Section section(
            Lab lab, List<SimulatedShop> town, Seen seen, Account account, CapturedMail captured) {
        account.missing().stream().limit(SHOWN).forEach(mail -> lab.say("missing: " + mail));
        account.tooMany().stream().limit(SHOWN).forEach(mail -> lab.say("too many: " + mail));
        Map<String, Integer> kinds = account.kinds();
        long offers =
                kinds.entrySet().stream()
                        .filter(kind -> !kind.getKey().equals("monthly_progress"))
                        .mapToLong(Map.Entry::getValue)
                        .sum();
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("mails that had to come", "", total(kinds)));
        kinds.forEach(
                (kind, count) -> figures.add(Figure.of("of these `" + kind + "`", "", count)));
        figures.add(Figure.of("mails that came", "", (double) captured.count()));
        figures.add(none("missing", account.missing().size()));
        figures.add(none("too many, or on another day", account.tooMany().size()));
        figures.add(none("to nobody's address", captured.count() - account.mails()));
        figures.add(
                none(
                        "offers without a mail, or the other way round",
                        Math.abs(seen.vouchers() - offers)));
        figures.add(Figure.of("the year took", "minutes", seen.minutes()));
        return Section.of(
                "a year of the four mission campaigns",
                String.format(
                        Locale.ROOT,
                        "%,d shops in %d time zones with %,d members of the demo's simulator live through %d days from %s: birthday,"
                                + " anniversary, monthly progress and win-back after %d days of silence, three of them with a voucher. %,d purchases"
                                + " come in as they happen, and newcomers with them; members of some shops live in other zones. The service is the"
                                + " built jar with a heap of 256 MB; its clock is put forward by %d hours at a time (`POST /tasks/clock`), which"
                                + " lets the jobs tick that Quartz calls and returns when nothing is due any more. The mail goes over SMTP."
                                + " PostgreSQL does not wait for its disk here (`synchronous_commit = off`). What had to come is recomputed, day by"
                                + " day, from members and purchases alone, by code that knows nothing of the service (`Expected`, in the tests).",
                        town.size(),
                        Math.min(town.size(), Neighbourhood.zones()),
                        account.members(),
                        seen.days(),
                        START.toString().substring(0, 10),
                        SILENCE,
                        town.stream().mapToLong(SimulatedShop::purchases).sum(),
                        STEP.toHours()),
                figures);
    }

    private static double total(Map<String, Integer> kinds) {
        return kinds.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Figure none(String what, long count) {
        return Figure.of(what, "", (double) count).reach(Goal.atMost(0));
    }

    /** A few who talk to the service at once, with a connection each. */
    private static final class Crew implements AutoCloseable {

        private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        private final List<Client> clients = new ArrayList<>();

        Crew(URI base) {
            for (int i = 0; i < AT_ONCE; i++) {
                clients.add(new Client(base));
            }
        }

        @FunctionalInterface
        interface Task<T> {
            void run(Client client, T one) throws IOException;
        }

        @FunctionalInterface
        interface Question<T, R> {
            R ask(Client client, T one) throws IOException;
        }

        <T> void all(List<T> all, Task<T> task) throws IOException {
            map(
                    all,
                    (client, one) -> {
                        task.run(client, one);
                        return true;
                    });
        }

        /** Everyone takes a share; the answers come in no order. */
        <T, R> List<R> map(List<T> all, Question<T, R> question) throws IOException {
            List<Callable<List<R>>> shares = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                int share = i;
                shares.add(() -> {
                    List<R> answers = new ArrayList<>();
                    for (int j = share; j < all.size(); j += AT_ONCE) {
                        answers.add(question.ask(clients.get(share), all.get(j)));
                    }
                    return answers;
                });
            }
            List<R> answers = new ArrayList<>();
            try {
                for (Future<List<R>> share : threads.invokeAll(shares)) {
                    answers.addAll(share.get());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            }
            return answers;
        }

        @Override
        public void close() {
            threads.shutdown();
            clients.forEach(Client::close);
        }
    }
}
