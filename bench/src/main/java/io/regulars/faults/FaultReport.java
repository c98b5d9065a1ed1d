package io.regulars.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** docs/faults.md: a section for each fault, of which a run replaces only its own. */
final class FaultReport {

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

    private static final Pattern SECTION =
            Pattern.compile("(?ms)^## (?<name>[a-z-]+): .*?(?=^## |\\z)");

    private final List<String> order;
    private final Map<String, String> sections = new LinkedHashMap<>();

    private FaultReport(List<String> order) {
        this.order = List.copyOf(order);
    }

    static FaultReport read(Path file, List<String> order) throws IOException {
        FaultReport report = new FaultReport(order);
        if (Files.exists(file)) {
            Matcher section = SECTION.matcher(Files.readString(file));
            while (section.find()) {
                report.put(section.group("name"), section.group());
            }
        }
        return report;
    }

    void put(String name, String markdown) {
        sections.put(name, markdown.strip() + "\n");
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(PREFACE);
        for (String name : order) {
            String section = sections.get(name);
            if (section != null) {
                text.append('\n').append(section);
            }
        }
        Files.writeString(file, text.toString());
    }
}
