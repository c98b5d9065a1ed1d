package io.regulars.edge.imports;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * The file's first row: which column is where.
 *
 * @param columns names to the positions of the cells in which a value may stand, the first filled
 *     one counting; several in one list are parts of one value
 * @param width how many columns each row has
 * @param firstLine where the rows begin
 */
record Header(char separator, Map<String, List<List<Integer>>> columns, int width, long firstLine) {

    /** Columns of the shop's own: {@code attr:} and a name. */
    static final String ATTRIBUTE = "attr:";

    /** Of two that fit alike the later one is taken. */
    private static final List<Character> SEPARATORS = List.of('\t', ';', ',');

    /** The first row as one separator cuts it; a wrong one may well make nonsense of quotes. */
    private record Candidate(char separator, CsvRow row, long nextLine) {

        List<String> names() {
            return row.fields().stream().map(Header::name).toList();
        }

        /** Of a header whose names we do not know, the separator is the one that cuts it most. */
        long width() {
            return row.problem() == null ? row.fields().size() : -1;
        }

        long known(Columns columns) {
            return row.problem() == null ? names().stream().filter(columns::has).count() : -1;
        }
    }

    /**
     * What a kind of file may and must have.
     *
     * @param oneOf of which there must be at least one
     * @param refused names that get an answer of their own
     */
    record Columns(
            List<String> known,
            List<String> required,
            List<String> oneOf,
            boolean attributes,
            Map<String, String> refused) {

        boolean has(String name) {
            return known.contains(name) || (attributes && isAttribute(name));
        }

        private static boolean isAttribute(String name) {
            return name.startsWith(ATTRIBUTE) && name.length() > ATTRIBUTE.length();
        }

        private String list() {
            return String.join(", ", known) + (attributes ? ", attr:<name>" : "");
        }
    }

    /**
     * @throws UnreadableFile when there is no header, or not the right one
     */
    static Header read(
            LongFunction<? extends InputStream> file, Columns columns, ImportFormat format) {
        Candidate best =
                SEPARATORS.stream()
                        .map(separator -> candidate(file, separator))
                        .max(
                                Comparator.comparingLong(candidate ->
                                        format.isForeign()
                                                ? candidate.width()
                                                : candidate.known(columns)))
                        .orElseThrow();
        RowError problem = best.row().problem();
        if (problem != null) {
            throw new UnreadableFile(
                    "The header in line "
                            + problem.line()
                            + " cannot be read: "
                            + problem.detail());
        }
        Map<String, List<List<Integer>>> places =
                format.isForeign()
                        ? foreign(best.names(), columns)
                        : own(positions(best.names(), columns));
        return new Header(best.separator(), places, best.names().size(), best.nextLine());
    }

    private static Candidate candidate(LongFunction<? extends InputStream> file, char separator) {
        try (RowReader reader = new RowReader(file, separator, 1)) {
            CsvRow row =
                    reader.next()
                            .orElseThrow(() ->
                                    new UnreadableFile("The file is empty: not even a header."));
            return new Candidate(separator, row, reader.nextLine());
        }
    }

    /** Column names are read without regard to case, an attribute's own name as it stands. */
    private static String name(String cell) {
        String name = cell.strip();
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(ATTRIBUTE)
                ? ATTRIBUTE + name.substring(ATTRIBUTE.length()).strip()
                : lower;
    }

    private static Map<String, List<List<Integer>>> own(Map<String, Integer> positions) {
        Map<String, List<List<Integer>>> places = new LinkedHashMap<>();
        positions.forEach((name, position) -> places.put(name, List.of(List.of(position))));
        return places;
    }

    /** The columns of another system's file that say something we keep. */
    private static Map<String, List<List<Integer>>> foreign(List<String> names, Columns columns) {
        Map<String, List<List<Integer>>> places = new LinkedHashMap<>();
        for (String known : columns.known()) {
            List<List<String>> sources =
                    known.equals("name")
                            ? ImportFormat.person()
                            : ImportFormat.sources(known).stream().map(List::of).toList();
            List<List<Integer>> found =
                    sources.stream()
                            .filter(names::containsAll)
                            .map(parts -> parts.stream().map(names::indexOf).toList())
                            .toList();
            if (!found.isEmpty()) {
                places.put(known, found);
            }
        }
        List<String> missing =
                columns.required().stream().filter(name -> !places.containsKey(name)).toList();
        if (!missing.isEmpty() || columns.oneOf().stream().noneMatch(places::containsKey)) {
            throw new UnreadableFile(
                    "The header lacks "
                            + (missing.isEmpty() ? "an e-mail address" : String.join(", ", missing))
                            + ". It has "
                            + String.join(
                                    ", ", names.stream().limit(20).map(Header::shortened).toList())
                            + ".");
        }
        return places;
    }

    private static Map<String, Integer> positions(List<String> names, Columns columns) {
        Map<String, Integer> positions = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String name : names) {
            String answer = columns.refused().get(name);
            if (answer != null) {
                throw new UnreadableFile(answer);
            }
            if (!columns.has(name)) {
                unknown.add("\"" + shortened(name) + "\"");
            } else if (positions.containsKey(name)) {
                throw new UnreadableFile("The header names the column " + name + " twice.");
            }
            positions.put(name, positions.size());
        }
        if (!unknown.isEmpty()) {
            throw new UnreadableFile(
                    "The header has columns that are not known: "
                            + String.join(", ", unknown.stream().limit(10).toList())
                            + ". The known ones are "
                            + columns.list()
                            + ".");
        }
        List<String> missing =
                columns.required().stream().filter(name -> !positions.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new UnreadableFile(
                    "The header lacks "
                            + String.join(", ", missing)
                            + ". The known columns are "
                            + columns.list()
                            + ".");
        }
        if (columns.oneOf().stream().noneMatch(positions::containsKey)) {
            throw new UnreadableFile(
                    "The header must have one of " + String.join(", ", columns.oneOf()) + ".");
        }
        return positions;
    }

    static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    Stream<String> attributes() {
        return columns.keySet().stream().filter(name -> name.startsWith(ATTRIBUTE));
    }
}
