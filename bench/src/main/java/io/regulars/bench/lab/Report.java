package io.regulars.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document with a preface and one section for each program of a kind, of which a run replaces
 * only its own.
 */
public final class Report {

    private static final Pattern SECTION =
            Pattern.compile("(?ms)^## (?<name>[a-z-]+): .*?(?=^## |\\z)");

    private final String preface;
    private final List<String> order;
    private final Map<String, String> sections = new LinkedHashMap<>();

    private Report(String preface, List<String> order) {
        this.preface = preface;
        this.order = List.copyOf(order);
    }

    /**
     * What stands there of earlier runs.
     *
     * @param order the names of all sections
     */
    public static Report read(Path file, String preface, List<String> order) throws IOException {
        Report report = new Report(preface, order);
        if (Files.exists(file)) {
            Matcher section = SECTION.matcher(Files.readString(file));
            while (section.find()) {
                report.put(section.group("name"), section.group());
            }
        }
        return report;
    }

    public void put(String name, String markdown) {
        sections.put(name, markdown.strip() + "\n");
    }

    /** Sections whose program no longer exists are left out. */
    public String markdown() {
        StringBuilder text = new StringBuilder(preface);
        for (String name : order) {
            String section = sections.get(name);
            if (section != null) {
                text.append('\n').append(section);
            }
        }
        return text.toString();
    }

    public void write(Path file) throws IOException {
        Files.writeString(file, markdown());
    }
}
