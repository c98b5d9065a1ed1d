package io.regulars.faults;

import io.regulars.ConsoleOutput;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Machine;
import io.regulars.bench.lab.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code ./regulars faults [--keep] [--soak-minutes N] [--out FILE] [name …]}. */
@ConsoleOutput
public final class FaultProgram {

    private static final String PREFACE =
            """
            # Broken on purpose

            Written by `./regulars faults`; changes by hand are lost. Each section is one fault, says when and where it ran, and is
            replaced when it runs again (`./regulars faults NAME`). Unless a section says otherwise: two nodes (`./regulars server`,
            256 MB of heap each) on one PostgreSQL with fsync on, each over a TCP proxy of its own; five tills and two shoppers who
            redeem a reward of limited stock, with `Idempotency-Key` and the patience to ask again at the other node; beside them one
            purchase after the other at each node with a patience of two seconds, which shows when it answers; a webhook receiver;
            and in the moment of the fault a mail to all members on its way through a relay that takes 60 ms over each.
            `MAIL_LEASE` is 20 s and `TICK` 2 s; all else is as it comes.
            """;

    private static final int SOAK_MINUTES = 30;

    private FaultProgram() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(System.getProperty("regulars.root", ".")).toAbsolutePath().normalize();
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        boolean keep = words.remove("--keep");
        String minutes = option(words, "--soak-minutes", Integer.toString(SOAK_MINUTES));
        Path out = Path.of(option(words, "--out", root.resolve("docs/faults.md").toString()));
        List<Fault> all = Faults.all(minutes.matches("[0-9]{1,4}") ? Integer.parseInt(minutes) : 0);
        List<String> names = all.stream().map(Fault::name).toList();
        List<Fault> chosen =
                words.isEmpty() ? all : all.stream().filter(f -> words.remove(f.name())).toList();
        if (!words.isEmpty()) {
            System.err.printf(
                    "usage: ./regulars faults [--keep] [--soak-minutes N] [--out FILE] [%s …]%n"
                            + "  --keep          leaves the directories with logs and databases%n"
                            + "  --soak-minutes  how long the soak lasts; 30 without a word%n",
                    String.join(" | ", names));
            System.exit(64);
        }
        boolean holds = true;
        for (Fault fault : chosen) {
            holds &= run(root, fault, keep, out, names);
        }
        System.exit(holds ? 0 : 1);
    }

    private static String option(List<String> words, String name, String usual) {
        int at = words.indexOf(name);
        if (at < 0 || at + 1 == words.size()) {
            return usual;
        }
        words.remove(at);
        return words.remove(at);
    }

    /** Whether every promise was kept. */
    private static boolean run(Path root, Fault fault, boolean keep, Path out, List<String> names) {
        System.err.println("== " + fault.name() + " ==");
        long start = System.nanoTime();
        try (Lab lab = Lab.open(root, "fault-" + fault.name(), false, keep)) {
            Finding finding = fault.run(lab);
            String section = finding.markdown(fault.name(), Machine.conditions(lab, start));
            System.out.println(section);
            Report report = Report.read(out, PREFACE, names);
            report.put(fault.name(), section);
            report.write(out);
            return finding.holds();
        } catch (Exception e) {
            System.err.println(fault.name() + " did not come to its end");
            e.printStackTrace(System.err);
            return false;
        }
    }
}
