package io.regulars.edge.reports;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report, before it is written as JSON, CSV or a chart.
 *
 * @param figures what is one number, by name; money in minor units, shares from 0 to 1; absent
 *     where nothing can be said
 * @param rows what is a table, each row by column
 * @param notes what the reader must know to read it rightly
 * @param chart how the rows are drawn
 * @param journal what the CSV form is instead of the rows, for the books; null: the rows
 * @param columns of the CSV form, also where it has no rows
 */
record Report(
        String name,
        Period period,
        String currency,
        Map<String, @Nullable Object> figures,
        List<Map<String, @Nullable Object>> rows,
        List<String> notes,
        Chart.Spec chart,
        @Nullable List<Map<String, @Nullable Object>> journal,
        List<String> columns) {

    /**
     * As JSON.
     *
     * @param figures what is one number, by name: money in minor units, shares from 0 to 1
     * @param rows what is a table
     * @param notes what the reader must know to read it rightly
     */
    record ReportView(
            String report,
            LocalDate from,
            LocalDate to,
            String currency,
            Map<String, Object> figures,
            List<Map<String, Object>> rows,
            List<String> notes) {}

    ReportView view() {
        return new ReportView(
                name,
                period.from(),
                period.to(),
                currency,
                known(figures),
                rows.stream().map(Report::known).toList(),
                notes);
    }

    /** What is not known is absent. */
    private static Map<String, Object> known(Map<String, @Nullable Object> values) {
        Map<String, Object> known = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (value != null) {
                known.put(key, value);
            }
        });
        return known;
    }

    /** A share from 0 to 1 with four places; null where there is nothing to share. */
    static @Nullable Double share(long part, long whole) {
        return share((double) part, (double) whole);
    }

    /** The same of what was a quotient before. */
    static @Nullable Double share(double part, double whole) {
        return whole == 0 ? null : Math.round(part / whole * 10_000) / 10_000.0;
    }

    /** A quotient rounded to whole units. */
    static @Nullable Long each(long sum, long count) {
        return each((double) sum, (double) count);
    }

    /** The same of a sum that is no whole number. */
    static @Nullable Long each(double sum, double count) {
        return count == 0 ? null : Math.round(sum / count);
    }
}
