package io.regulars.faults;

import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Pauses;
import io.regulars.bench.lab.Postgres;
import io.regulars.platform.time.Clock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** All faults, in the order of the report. */
final class Faults {

    private static final Duration CUT = Duration.ofSeconds(30);

    private Faults() {}

    static List<Fault> all(int soakMinutes) {
        List<Fault> all = new ArrayList<>(killed(Town.Plan.usual()));
        all.addAll(cutOff(Town.Plan.usual()));
        all.addAll(shortOf(Town.Plan.usual()));
        all.add(new SlowClients());
        all.add(new Soak(soakMinutes));
        return all;
    }

    private static List<Fault> killed(Town.Plan usual) {
        return List.of(
                InTraffic.of(
                        "node-killed",
                        "`kill -9` of the node that sends the mail",
                        "The node is killed and not started again until the other one has brought the mail round to its end.",
                        usual,
                        Faults::killNode),
                new SendSteps(),
                new StripeKilled(),
                InTraffic.of(
                        "database-killed",
                        "`kill -9` of PostgreSQL",
                        "The postmaster is killed, and started again three seconds later.",
                        usual,
                        Faults::killDatabase),
                InTraffic.of(
                        "relay-killed",
                        "`kill -9` of the mail relay",
                        "The relay is a process here. It is killed in the middle of the round and started again after 20 seconds.",
                        usual.withSinkOfItsOwn(),
                        Faults::killRelay),
                InTraffic.of(
                        "relay-misbehaves",
                        "a relay and a webhook receiver that misbehave",
                        """
                        The relay is, for four seconds each: too busy (421), refusing for now (451), closing in the middle of the text, closing
                        after the final dot without an answer. The receiver answers 500 for the first four. Then both are well.
                        """,
                        usual.with(1_500, Duration.ofMillis(60)),
                        Faults::misbehave));
    }

    private static List<Fault> cutOff(Town.Plan usual) {
        return List.of(
                InTraffic.of(
                        "network-cut",
                        "30 seconds without a network between a node and the database",
                        "The proxy of node A stops to forward, in both directions, and closes nothing; after 30 seconds what waited goes on.",
                        usual,
                        town -> cut(town, false)),
                InTraffic.of(
                        "network-lost",
                        "the same, and the old connections never come back",
                        "As a firewall does that was started anew: after 30 seconds new connections work, and what is sent over the old ones is dropped without a word.",
                        usual,
                        town -> cut(town, true)),
                InTraffic.of(
                        "clock-jump",
                        "a clock that jumps",
                        """
                        Node A is started again with `CLOCK_START` two hours ahead, after 20 seconds with two hours behind, after 20 more as it
                        should be. It is the service's own clock that jumps; PostgreSQL's and the machine's stay right.
                        """,
                        usual,
                        Faults::jump));
    }

    private static List<Fault> shortOf(Town.Plan usual) {
        return List.of(
                InTraffic.of(
                                "disk-full",
                                "the database's disk is full",
                                "The database lies on a file system of its own (tmpfs, 700 MB), which is filled to the last byte for 20 seconds.",
                                usual,
                                Faults::fillDisk)
                        .on(Faults::smallDisk),
                InTraffic.of(
                        "pool-exhausted",
                        "every connection of the pool waits",
                        "Somebody locks the table of purchases for 20 seconds, past the service, so that all twelve connections of both nodes wait.",
                        usual,
                        Faults::lock),
                InTraffic.of(
                        "slow-database",
                        "a slow database",
                        "Each answer of the database takes 40 ms longer, for 20 seconds.",
                        usual,
                        Faults::slow));
    }

    private static List<String> killNode(Town town) throws Exception {
        int sender = town.sender();
        int survivor = 1 - sender;
        int before = town.sinks().of(survivor).taken();
        long killed = System.nanoTime();
        town.node(sender).kill();
        boolean taken =
                Town.await(
                        Duration.ofSeconds(100), () -> town.sinks().of(survivor).taken() > before);
        String took = InTraffic.seconds(System.nanoTime() - killed);
        boolean done = Town.await(Duration.ofSeconds(100), () -> open(town) == 0);
        String ended = InTraffic.seconds(System.nanoTime() - killed);
        town.restart(sender);
        return List.of(
                "killed: node " + (sender == 0 ? "A" : "B"),
                taken
                        ? "the other node sent its first mail of the round "
                                + took
                                + " after the kill (`LANE_LEASE` is 60 s)"
                        : "**the other node did not take over**",
                done
                        ? "it had brought the round to its end " + ended + " after the kill"
                        : "**the round was not brought to its end**");
    }

    /** Messages that may still leave; −1 if nobody can tell. */
    private static long open(Town town) {
        try {
            return town.messages("'planned', 'sending', 'retry'");
        } catch (Exception e) {
            return -1;
        }
    }

    private static List<String> killDatabase(Town town) throws Exception {
        town.database().kill();
        Pauses.of(Duration.ofSeconds(3));
        long start = System.nanoTime();
        town.database().revive();
        return List.of(
                "PostgreSQL needed "
                        + InTraffic.seconds(System.nanoTime() - start)
                        + " to start and repair itself");
    }

    private static List<String> killRelay(Town town) throws Exception {
        town.sinks().kill();
        Pauses.of(Duration.ofSeconds(20));
        town.sinks().revive();
        return List.of("mail that a relay cannot be offered is tried again after a minute");
    }

    private static List<String> misbehave(Town town) throws Exception {
        town.hooks().fail(true);
        for (MailSink.Conduct conduct :
                List.of(
                        MailSink.Conduct.BUSY,
                        MailSink.Conduct.TEMPORARY,
                        MailSink.Conduct.CLOSES_IN_DATA,
                        MailSink.Conduct.CLOSES_AFTER_DOT)) {
            town.sinks().behave(conduct);
            Pauses.of(Duration.ofSeconds(4));
            town.hooks().fail(false);
        }
        town.sinks().behave(MailSink.Conduct.WELL);
        String path = "/v1/campaigns/" + town.campaign();
        boolean held = town.api().get(town.base(0), path).text().contains("\"paused\"");
        if (held) {
            town.api().post(town.base(0), path + "/resume", Map.of()).expect(200);
        }
        return List.of(
                held
                        ? "the error ceiling held the campaign, and it was resumed by hand"
                        : "the campaign was not held: it stayed below the error ceiling");
    }

    private static List<String> cut(Town town, boolean forEver) throws Exception {
        town.wire(0).cut();
        Pauses.of(CUT);
        if (forEver) {
            town.wire(0).mendForNewOnly();
        } else {
            town.wire(0).mend();
        }
        return List.of();
    }

    private static List<String> jump(Town town) throws Exception {
        for (Duration by : List.of(Duration.ofHours(2), Duration.ofHours(-2))) {
            town.node(0).kill();
            String start = Clock.system().now().plus(by).toString();
            town.restart(0, Map.of("CLOCK_START", start));
            Pauses.of(Duration.ofSeconds(20));
        }
        town.node(0).kill();
        town.restart(0);
        return List.of("each of the three starts follows a `kill -9`");
    }

    private static Optional<Postgres> smallDisk(Lab lab) throws Exception {
        Path place = lab.directory().resolve("database-1");
        Files.createDirectories(place);
        if (!succeeds(
                "mount", "-t", "tmpfs", "-o", "size=700m,mode=755", "tmpfs", place.toString())) {
            lab.say(
                    "skipped: a small file system cannot be mounted (it takes root, and a system that lets it)");
            return Optional.empty();
        }
        lab.mine(() -> succeeds("umount", "-l", place.toString()));
        return Optional.of(lab.postgres());
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static List<String> fillDisk(Town town) throws Exception {
        long postmaster = town.database().pid();
        Path ballast = town.database().cluster().resolveSibling("ballast");
        fill(ballast);
        Pauses.of(Duration.ofSeconds(20));
        Files.delete(ballast);
        boolean lives = ProcessHandle.of(postmaster).map(ProcessHandle::isAlive).orElse(false);
        if (!lives) {
            town.database().revive();
        }
        return List.of(
                lives
                        ? "PostgreSQL stayed up"
                        : "PostgreSQL gave up, as it does when it cannot write its log, and was started again when there was room");
    }

    /** To the last byte, and what is freed meanwhile as well. */
    private static void fill(Path ballast) throws IOException {
        byte[] block = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (Files.size(ballast) == 0) {
                throw e;
            }
        }
    }

    private static List<String> lock(Town town) throws Exception {
        try (Connection connection = town.database().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table " + town.schema() + ".purchase in access exclusive mode");
            Pauses.of(Duration.ofSeconds(20));
            connection.rollback();
        }
        return List.of();
    }

    private static List<String> slow(Town town) throws Exception {
        List<String> noted = new ArrayList<>();
        for (int node = 0; node < 2; node++) {
            town.wire(node).slow(Duration.ofMillis(40));
        }
        Pauses.of(Duration.ofSeconds(20));
        for (int node = 0; node < 2; node++) {
            town.wire(node).slow(Duration.ZERO);
        }
        return noted;
    }
}
