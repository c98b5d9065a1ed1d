package io.regulars.edge.imports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One row's cells by column, blanks around them taken away, and what is wrong with them. An empty
 * cell and a column that the file does not have are the same: null.
 */
final class Cells {

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]+");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
    private static final Set<String> YES = Set.of("true", "yes", "y", "1");
    private static final Set<String> NO = Set.of("false", "no", "n", "0");

    private final Header header;
    private final CsvRow row;
    private final List<RowError> errors = new ArrayList<>();

    Cells(Header header, CsvRow row) {
        this.header = header;
        this.row = row;
        if (row.problem() != null) {
            errors.add(row.problem());
        } else if (row.fields().size() != header.width()) {
            errors.add(
                    new RowError(
                            row.line(),
                            "wrong_column_count",
                            "This row has "
                                    + row.fields().size()
                                    + " columns, the header "
                                    + header.width()
                                    + "."));
        }
    }

    long line() {
        return row.line();
    }

    /** Whether the row could be taken apart at all. */
    boolean areThere() {
        return errors.isEmpty();
    }

    List<RowError> errors() {
        return List.copyOf(errors);
    }

    @Nullable String text(String column) {
        for (List<Integer> parts : header.columns().getOrDefault(column, List.of())) {
            String text = parts.size() == 1 ? cell(parts.getFirst()) : joined(parts);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return null;
    }

    private String cell(int at) {
        return at < row.fields().size() ? row.fields().get(at).strip() : "";
    }

    private String joined(List<Integer> parts) {
        return parts.stream()
                .map(this::cell)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    String required(String column) {
        String text = text(column);
        if (text == null) {
            refuse(column, "required", "must not be empty.");
        }
        return text == null ? "" : text;
    }

    /** A whole number; zero where it is none, with an error. */
    long wholeNumber(String column, String text) {
        if (WHOLE.matcher(text).matches()) {
            return Long.parseLong(text);
        }
        if (DIGITS.matcher(text).matches()) {
            refuse(column, "out_of_range", "is too large a number.");
        } else {
            refuse(
                    column,
                    "not_a_whole_number",
                    "must be a whole number without signs or blanks (money in minor units: 1250 for 12.50), not \""
                            + Header.shortened(text)
                            + "\".");
        }
        return 0;
    }

    /** RFC 3339, or an ISO date for the start of that day in the given zone. */
    @Nullable Instant time(String column, ZoneId zone) {
        String text = text(column);
        if (text == null) {
            return null;
        }
        try {
            Instant time =
                    DATE.matcher(text).matches()
                            ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                            : OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
            if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
                refuse(column, "out_of_range", "lies too far away.");
                return null;
            }
            return time;
        } catch (DateTimeException e) {
            refuse(
                    column,
                    "invalid_time",
                    "must be a time like 2026-11-22T09:00:00Z or a date like 2026-11-22, not \""
                            + Header.shortened(text)
                            + "\".");
            return null;
        }
    }

    @Nullable Boolean yesOrNo(String column) {
        String text = text(column);
        if (text == null) {
            return null;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (!YES.contains(lower) && !NO.contains(lower)) {
            refuse(column, "not_yes_or_no", "must be true or false.");
            return null;
        }
        return YES.contains(lower);
    }

    void refuse(String column, String code, String what) {
        errors.add(new RowError(row.line(), code, column + " " + what));
    }
}
