package io.regulars.platform.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for; {@link PageRequests} makes it of the query, and OpenAPI tells
 * of both parameters wherever a method takes one.
 *
 * @param limit rows on the page
 * @param after where the page before ended; empty for the first
 */
public record PageRequest(int limit, Optional<Cursor> after) {

    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 200;

    public static PageRequest of(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest(
                limit == null ? DEFAULT_LIMIT : limit(limit),
                Optional.ofNullable(cursor).map(Cursor::parse));
    }

    private static int limit(String text) {
        // At most three digits: no sign, no blank, nothing that overflows.
        if (text.matches("[0-9]{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw Problem.invalid(
                "?limit",
                "out_of_range",
                "limit must be a whole number from 1 to " + MAX_LIMIT + ".");
    }

    /**
     * How many rows to ask the database for: one more than fit tells whether there is another page.
     */
    public int fetch() {
        return limit + 1;
    }

    /**
     * Cuts the page out of a list that is at hand as a whole.
     *
     * @param position of a row, which no other row has
     */
    public <R, T> Page<T> cut(List<R> all, Function<R, String> position, Function<R, T> view) {
        int start = 0;
        if (after.isPresent()) {
            int end = all.stream().map(position).toList().indexOf(after.get().position());
            if (end < 0) {
                throw Cursor.refused();
            }
            start = end + 1;
        }
        return page(all.subList(start, all.size()), position, view);
    }

    /** Makes the page from up to {@link #fetch} rows in the order of the list. */
    public <R, T> Page<T> page(List<R> rows, Function<R, String> position, Function<R, T> view) {
        List<R> shown = rows.size() > limit ? rows.subList(0, limit) : rows;
        String next =
                rows.size() > limit ? new Cursor(position.apply(shown.getLast())).toString() : null;
        return new Page<>(shown.stream().map(view).toList(), next);
    }
}
