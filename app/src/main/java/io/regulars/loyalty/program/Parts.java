package io.regulars.loyalty.program;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists that may be absent in a document. */
public final class Parts {

    private Parts() {}

    public static <T> List<T> of(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
