package io.regulars.platform.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Buckets by name. Each node gives out its part of a rate, which is the whole divided by the number
 * of nodes: so callers whose requests are spread evenly get their rate, those who always reach the
 * same node get at least its part, and nobody gets more than the rate and one bucketful for each
 * node.
 */
public final class RateLimits {

    private static final int MOST_BUCKETS = 200_000;
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private final IntSupplier nodes;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().expireAfterAccess(FORGOTTEN).maximumSize(MOST_BUCKETS).build();

    /**
     * @param nodes how many there are at the moment
     */
    public RateLimits(IntSupplier nodes) {
        this.nodes = nodes;
    }

    /**
     * A limit.
     *
     * @param name as the answer's headers have it
     * @param of what is counted, in words, such as {@code of this shop}
     * @param perSecond on the average
     * @param burst how many may come at once
     */
    public record Policy(String name, String of, long perSecond, long burst) {

        public Policy {
            if (perSecond < 1 || burst < perSecond) {
                throw new IllegalArgumentException("no limit: " + perSecond + ", " + burst);
            }
        }

        /** Such as {@code 5 requests a second of this shop}. */
        public String inWords() {
            return perSecond + (perSecond == 1 ? " request" : " requests") + " a second " + of;
        }

        /** In how many seconds an empty bucket is full again. */
        public long window() {
            return Math.max(1, burst / perSecond);
        }
    }

    /**
     * What was said to a request.
     *
     * @param remaining how many more may come at once
     * @param retryIn until the next may come; zero where this one may
     */
    public record Verdict(Policy policy, boolean allowed, long remaining, Duration retryIn) {}

    /** Takes one from the caller's bucket. */
    public Verdict take(String caller, Policy policy) {
        int parts = Math.max(1, nodes.getAsInt());
        long rate = Math.max(1, policy.perSecond() / parts);
        long burst = Math.max(rate, policy.burst() / parts);
        Bucket bucket =
                buckets.get(
                        policy.name() + " " + caller + " " + rate + " " + burst,
                        key -> bucket(rate, burst));
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return new Verdict(
                policy,
                probe.isConsumed(),
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private static Bucket bucket(long rate, long burst) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(rate, Duration.ofSeconds(1)))
                .build();
    }
}
