package io.regulars.platform.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor opaque; null on the last page
 */
public record Page<T>(
        List<T> data, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor) {

    /** The same page as others see it. */
    public <R> Page<R> map(Function<? super T, R> view) {
        return new Page<>(data.stream().<R>map(view).toList(), nextCursor);
    }

    /** The same page, its cursor with the mark of its list. */
    Page<T> marked(String mark) {
        return new Page<>(data, nextCursor + mark);
    }
}
