package io.regulars.faults;

import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Pauses;
import io.regulars.bench.lab.Request;
import io.regulars.faults.Finding.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Nothing is broken; it only goes on and on, and nothing may pile up. */
final class Soak implements Fault {

    private static final Duration EVERY = Duration.ofSeconds(10);

    /** How much more the last third of the time may show than the second third. */
    private static final double GROWTH = 1.15;

    private static final Pattern HEAP =
            Pattern.compile("(?m)^jvm_memory_heap_used\\S* ([0-9.E+]+)$");

    private final int minutes;

    Soak(int minutes) {
        this.minutes = minutes;
    }

    /** What is looked at. */
    private record Sample(
            double heap, double resident, double threads, double connections, double lag) {}

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public Finding run(Lab lab) throws Exception {
        Town town = Town.build(lab, Town.Plan.usual());
        List<Sample> samples = new ArrayList<>();
        List<Check> checks = new ArrayList<>();
        try (Shoppers shoppers = new Shoppers(town)) {
            town.broadcast("Soak");
            long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
            while (System.nanoTime() < end) {
                Pauses.of(EVERY);
                samples.add(sample(town));
            }
            shoppers.close();
            checks.addAll(new Books(town).after(shoppers));
        }
        checks.add(flat("heap of node A, after the least of each minute", samples, 0, "MB"));
        checks.add(flat("memory of the process of node A", samples, 1, "MB"));
        checks.add(flat("threads of node A", samples, 2, ""));
        checks.add(flat("connections to the database", samples, 3, ""));
        double lag = samples.stream().mapToDouble(Sample::lag).max().orElse(0);
        checks.add(
                new Check(
                        "no lane waits long",
                        lag < 30,
                        String.format(Locale.ROOT, "at most %.1f s", lag)));
        return new Finding(
                Words.of("%d minutes of the same", minutes),
                "The usual traffic and nothing else, a look every ten seconds; the second third of the time against the last.",
                checks,
                List.of());
    }

    private static Sample sample(Town town) throws Exception {
        Node node = town.node(0);
        double threads = 0;
        for (String line : Files.readAllLines(Path.of("/proc/" + node.pid() + "/status"))) {
            if (line.startsWith("Threads:")) {
                threads = Double.parseDouble(line.replaceAll("\\D", ""));
            }
        }
        double connections =
                Double.parseDouble(
                        town.database()
                                .ask(
                                        "select count(*) from pg_stat_activity where application_name like 'regulars-%'"));
        double lag =
                Double.parseDouble(
                        town.database()
                                .ask(
                                        "select coalesce(extract(epoch from max(now() - next_at)), 0) from control.lane"
                                                + " where next_at < now() and leased_by is null"));
        return new Sample(heap(node), node.residentMegabytes(), threads, connections, lag);
    }

    private static double heap(Node node) throws IOException {
        try (Client client = new Client(node.admin())) {
            Matcher used = HEAP.matcher(client.send(Request.get("/metrics")).text());
            return used.find() ? Double.parseDouble(used.group(1)) / (1 << 20) : 0;
        }
    }

    private static Check flat(String what, List<Sample> samples, int which, String unit) {
        int third = samples.size() / 3;
        double middle = level(samples.subList(third, 2 * third), which);
        double last = level(samples.subList(2 * third, samples.size()), which);
        return new Check(
                what + " stay level",
                last <= middle * GROWTH + 2,
                String.format(Locale.ROOT, "%.0f %s, then %.0f %s", middle, unit, last, unit));
    }

    /** The heap's least, for it rises until it is swept; of the rest the most. */
    private static double level(List<Sample> samples, int which) {
        var values =
                samples.stream()
                        .mapToDouble(sample ->
                                switch (which) {
                                    case 0 -> sample.heap();
                                    case 1 -> sample.resident();
                                    case 2 -> sample.threads();
                                    default -> sample.connections();
                                });
        return which == 0 ? values.min().orElse(0) : values.max().orElse(0);
    }
}
