package io.regulars.loyalty.tiers;

import io.regulars.loyalty.program.TierScheme;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows a standing with the way up and what it takes to stay. Pure. */
record Viewing(TierScheme scheme, Course course, Instant now) {

    TierView of(Standing held, List<Fact> facts, Instant joinedAt) {
        long value = course.value(facts, now);
        Instant end = course.end(held, facts, now);
        Standing then = end == null || !end.isAfter(now) ? held : course.pass(held, facts, end);
        TierScheme.Level level = scheme.levels().get(held.rank());
        return new TierView(
                level.key(),
                level.name(),
                held.since() == null ? joinedAt : held.since(),
                end,
                new TierView.Progress(
                        scheme.basis(),
                        value,
                        toNext(held, value),
                        end == null
                                ? null
                                : new TierView.ToKeep(
                                        missing(level, course.valueToKeep(facts, end, now)), end),
                        scheme.levels().get(then.rank()).key()));
    }

    private TierView.@Nullable ToNext toNext(Standing held, long value) {
        if (held.rank() + 1 >= scheme.levels().size()) {
            return null;
        }
        TierScheme.Level next = scheme.levels().get(held.rank() + 1);
        return new TierView.ToNext(next.key(), missing(next, value));
    }

    private static long missing(TierScheme.Level level, long value) {
        return Math.max(0, level.threshold() - value);
    }
}
