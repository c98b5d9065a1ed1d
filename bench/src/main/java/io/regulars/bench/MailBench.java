package io.regulars.bench;

import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Pauses;
import io.regulars.bench.lab.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A mail to a hundred thousand members, against programs that do nothing but send. */
final class MailBench implements Bench {

    private static final int WINDOWS = 5;
    private static final int KEPT = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ConcurrentLinkedQueue<byte[]> kept = new ConcurrentLinkedQueue<>();
    private final AtomicInteger keeping = new AtomicInteger();

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public Section run(Lab lab) throws Exception {
        Postgres database = lab.postgres();
        List<News> shops = shops(lab, database);
        SmtpSink sink =
                lab.mine(
                        SmtpSink.start((recipient, mail) -> {
                            if (keeping.getAndIncrement() < KEPT) {
                                kept.add(mail.copy());
                            }
                        }));
        Node node = News.sender(lab, database, sink);
        double statements = statements(database, node, sink, shops.get(0));
        broadcast(lab, node, sink, shops.get(1));
        Sent sent = broadcast(lab, node, sink, shops.get(2));
        long stored = shops.get(2).count(database, "sent");
        List<byte[]> mails = List.copyOf(kept);
        References references = new References(lab, sink, mails, News.CONNECTIONS);
        List<Figure> figures = figures(references, sent, statements);
        return Section.of(
                        "a personalised broadcast into a relay that takes everything",
                        String.format(
                                Locale.ROOT,
                                "A broadcast in the shop's own words to %,d members, over %d connections, planned, written and"
                                        + " booked one by one: %,d are `sent` afterwards. The service has a heap of 256 MB. *Angus alone* is the"
                                        + " mail library sending mails that lie ready in memory, with TCP_NODELAY as the service has it;"
                                        + " *nodemailer* a pool of as many connections in Node.js, as it comes: about 180 mails a second are 44 ms for each"
                                        + " on its connection, which is the time of a delayed acknowledgement and not of its work;"
                                        + " *smtp-source* is Postfix's load generator.",
                                shops.get(2).members(),
                                News.CONNECTIONS,
                                stored),
                        figures)
                .with(references.missing().toArray(String[]::new));
    }

    private static List<Figure> figures(References references, Sent sent, double statements)
            throws Exception {
        Series angus = references.angus();
        Optional<Series> nodemailer = references.nodemailer();
        Optional<Series> postfix = references.postfix();
        List<Figure> figures = new ArrayList<>();
        figures.add(
                Figure.of("mails, from the hour to the last one taken", "/s", sent.whole())
                        .against("Angus alone", angus)
                        .reach(Goal.ratioAtLeast(0.7)));
        nodemailer.ifPresent(rate ->
                figures.add(
                        Figure.of("the same", "/s", sent.whole())
                                .against("nodemailer", rate)
                                .reach(Goal.ratioAtLeast(1))));
        postfix.ifPresent(rate ->
                figures.add(
                        Figure.of("the same", "/s", sent.whole()).against("smtp-source", rate)));
        figures.add(Figure.of("in fifths of the way", "/s", sent.windows()));
        figures.add(Figure.of("first mail after the hour", "s", sent.first()));
        figures.add(Figure.of("processor time of the service for a mail", "ms", sent.cpuMillis()));
        figures.add(Figure.of("statements for a mail", "", statements).reach(Goal.atMost(1)));
        figures.add(Figure.of("a mail", "bytes", sent.bytes()));
        return figures;
    }

    private static List<News> shops(Lab lab, Postgres database) throws Exception {
        List<News> shops = new ArrayList<>();
        // Without a relay, the mails of the signups are shown.
        try (Node node = lab.node(database);
                Client client = node.client()) {
            for (int members :
                    List.of(1_000, lab.sized(20_000, 1_000), lab.sized(100_000, 5_000))) {
                shops.add(News.of(database, News.shop(client), members));
            }
        }
        return shops;
    }

    private record Sent(
            double whole, Series windows, double first, double cpuMillis, double bytes) {}

    private static Sent broadcast(Lab lab, Node node, SmtpSink sink, News news) throws Exception {
        long before = sink.taken();
        long bytes = sink.bytes();
        Duration cpu = node.cpu();
        List<Double> windows = new ArrayList<>();
        try (Client client = node.client()) {
            long from = news.send(client);
            await(sink, before + 1, from);
            double first = (System.nanoTime() - from) / 1e9;
            long start = from;
            for (int i = 1; i <= WINDOWS; i++) {
                long part = (long) news.members() * i / WINDOWS;
                await(sink, before + part, from);
                long now = System.nanoTime();
                windows.add(news.members() / (double) WINDOWS * 1e9 / (now - start));
                start = now;
            }
            double whole = news.members() * 1e9 / (sink.lastTaken() - from);
            lab.say(String.format(Locale.ROOT, "%.0f mails/s", whole));
            return new Sent(
                    whole,
                    new Series(windows),
                    first,
                    node.cpu().minus(cpu).toNanos() / 1e6 / news.members(),
                    (sink.bytes() - bytes) / (double) news.members());
        }
    }

    /** Waits until so many mails have been taken. */
    static void await(SmtpSink sink, long wanted, long from) throws IOException {
        while (sink.taken() < wanted) {
            if (System.nanoTime() - from > PATIENCE.toNanos()) {
                throw new IOException(sink.taken() + " mails of " + wanted + " in " + PATIENCE);
            }
            Pauses.of(Duration.ofMillis(2));
        }
    }

    /** As the database counts them, of all kinds and from all threads. */
    private static double statements(Postgres database, Node node, SmtpSink sink, News news)
            throws Exception {
        long before = sink.taken();
        long mails;
        try (Client client = node.client()) {
            long from = news.send(client);
            await(sink, before + 1, from);
            log(database, "all");
            long counted = sink.taken();
            await(sink, before + news.members(), from);
            mails = sink.taken() - counted;
        }
        log(database, "none");
        try (Stream<String> lines = Files.lines(database.log())) {
            long statements =
                    lines.filter(line -> line.contains("execute ") || line.contains("statement: "))
                            .count();
            return statements / (double) mails;
        }
    }

    private static void log(Postgres database, String what) throws Exception {
        database.execute("alter system set log_statement = '" + what + "'");
        database.execute("select pg_reload_conf()");
        Pauses.of(Duration.ofMillis(200));
    }
}
