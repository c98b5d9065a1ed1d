package io.regulars.loyalty.tiers;

import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.TierScheme;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A member's tier, and how far it is to the next one and to keeping this one.
 *
 * @param since in the first tier, where everybody begins, since joining
 * @param endsAt exclusive; absent: without end
 */
public record TierView(
        String key, LocalText name, Instant since, @Nullable Instant endsAt, Progress progress) {

    /**
     * @param value what counts in the present window, in the basis' unit
     * @param toNext absent in the highest tier
     * @param toKeep absent where nothing ends
     * @param projected the tier held after {@code ends_at} if nothing more is bought
     */
    public record Progress(
            TierScheme.Basis basis,
            long value,
            @Nullable ToNext toNext,
            @Nullable ToKeep toKeep,
            String projected) {}

    public record ToNext(String tier, long missing) {}

    public record ToKeep(long missing, Instant by) {}
}
