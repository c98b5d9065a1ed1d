package io.regulars.bench;

import io.regulars.ConsoleOutput;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Machine;
import io.regulars.bench.lab.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** {@code ./regulars bench [--quick] [--out FILE] [name …]}; without a name all of them. */
@ConsoleOutput
public final class BenchProgram {

    private static final String PREFACE =
            """
            # Measured

            Written by `./regulars bench`; changes by hand are lost. Each section is one bench, says when and where it ran, and
            is replaced when that bench runs again (`./regulars bench NAME`). Figures of another machine are other figures; what
            travels is the ratio to a reference that was taken in the same run, on the same machine. Load generator, service and
            database share that machine. Medians of several repeats, with the least and the most beside them.
            """;

    private static final List<Bench> BENCHES =
            Stream.concat(RequestBenches.ALL.stream(), Benches.ALL.stream()).toList();

    private final Path root;
    private final boolean quick;
    private final boolean keep;
    private final Path out;

    private BenchProgram(Path root, boolean quick, boolean keep, Path out) {
        this.root = root;
        this.quick = quick;
        this.keep = keep;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(System.getProperty("regulars.root", ".")).toAbsolutePath().normalize();
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        boolean quick = words.remove("--quick");
        boolean keep = words.remove("--keep");
        Path out = out(words, root.resolve("docs/bench.md"));
        List<Bench> chosen =
                words.isEmpty()
                        ? BENCHES
                        : BENCHES.stream().filter(b -> words.remove(b.name())).toList();
        if (!words.isEmpty()) {
            System.err.printf(
                    """
                    usage: ./regulars bench [--quick] [--keep] [--out FILE] [%s ...]
                      --quick   small sizes, to see that it works; prints, and leaves docs/bench.md alone
                      --keep    leaves the directory with logs and database
                    """,
                    String.join(" | ", names()));
            System.exit(64);
        }
        System.exit(new BenchProgram(root, quick, keep, out).run(chosen) ? 0 : 1);
    }

    private static Path out(List<String> words, Path usual) {
        int at = words.indexOf("--out");
        if (at < 0 || at + 1 == words.size()) {
            return usual;
        }
        words.remove(at);
        return Path.of(words.remove(at));
    }

    /** Whether all ran to their end; a missed goal is a finding, no failure. */
    private boolean run(List<Bench> chosen) throws IOException {
        boolean fine = true;
        for (Bench bench : chosen) {
            System.err.println("== " + bench.name() + " ==");
            long start = System.nanoTime();
            try (Lab lab = Lab.open(root, bench.name(), quick, keep)) {
                String section =
                        bench.run(lab).markdown(bench.name(), Machine.conditions(lab, start));
                System.out.println(section);
                if (!quick) {
                    Report report = Report.read(out, PREFACE, names());
                    report.put(bench.name(), section);
                    report.write(out);
                }
            } catch (Exception e) {
                fine = false;
                System.err.println(bench.name() + " did not come to its end");
                e.printStackTrace(System.err);
            }
        }
        return fine;
    }

    private static List<String> names() {
        return BENCHES.stream().map(Bench::name).toList();
    }
}
