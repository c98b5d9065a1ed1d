package io.regulars.loyalty.program;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists that may be absent in a document. */
final class Parts {

    private Parts() {}

    static <T> List<T> of(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
