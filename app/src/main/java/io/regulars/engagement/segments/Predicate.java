package io.regulars.engagement.segments;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.Query;

/**
 * A condition on {@code member m}.
 *
 * @param values what is bound in it, by name; lists hold texts only
 */
record Predicate(String sql, Map<String, Object> values) {

    @SuppressWarnings("unchecked") // a list is made of texts in one place only
    Query bind(Query query) {
        values.forEach((name, value) -> {
            switch (value) {
                case List<?> texts -> query.bindArray(name, String.class, (List<String>) texts);
                case Instant moment -> query.bind(name, moment);
                default -> query.bind(name, value);
            }
        });
        return query;
    }
}
