package io.regulars.platform.db;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows turned into columns, as {@code unnest} wants them. */
public final class Columns {

    private Columns() {}

    /** One value of each row, nulls included. */
    public static <R, T extends @Nullable Object> List<T> of(List<R> rows, Function<R, T> column) {
        List<T> values = new ArrayList<>(rows.size());
        rows.forEach(row -> values.add(column.apply(row)));
        return values;
    }
}
