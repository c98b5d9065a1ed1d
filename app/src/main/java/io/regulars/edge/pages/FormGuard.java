package io.regulars.edge.pages;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.regulars.platform.http.ClientAddresses;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.secrets.Purpose;
import io.regulars.platform.secrets.Signer;
import io.regulars.platform.time.Clock;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Guards forms. One that anybody may send has to come from a page of ours that was shown not long
 * ago, and not too many from one address or for one shop. A whole shop may stand behind the one
 * address of its wireless network, so that is generous; the shop's own limit is what a machine
 * meets. A form behind somebody's own link is known by the link, which no other site has, and
 * counted by it: a mail to all members may well bring more answers than a shop has customers at the
 * counter.
 */
public final class FormGuard {

    private static final Duration SHOWN_WITHIN = Duration.ofHours(12);
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int FROM_ONE_ADDRESS = 60;
    private static final int FOR_ONE_SHOP = 300;
    private static final int BEHIND_ONE_LINK = 60;

    private final Signer signer;
    private final Clock clock;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder()
                    .expireAfterAccess(WINDOW.multipliedBy(2))
                    .maximumSize(100_000)
                    .build();

    public FormGuard(Signer signer, Clock clock) {
        this.signer = signer;
        this.clock = clock;
    }

    /** What a form carries in a hidden field. */
    public String token(TenantId tenant) {
        return signer.sign(
                Purpose.PAGE_FORM, tenant.toString(), Optional.of(clock.now().plus(SHOWN_WITHIN)));
    }

    /** Whether a form was shown by us, for this shop, and sent from our own page. */
    public boolean isOurs(TenantId tenant, @Nullable String token, HttpHeaders headers) {
        String site = headers.getHeaderString("Sec-Fetch-Site");
        boolean elsewhere = "cross-site".equals(site) || "same-site".equals(site);
        return !elsewhere
                && token != null
                && signer.verify(Purpose.PAGE_FORM, token, clock.now())
                        .filter(tenant.toString()::equals)
                        .isPresent();
    }

    /**
     * Counts one form that anybody may send, by the network behind proxies that are trusted.
     *
     * @return how many seconds to wait; 0: it may be taken
     */
    public long secondsToWait(TenantId tenant, HttpServletRequest request) {
        long own = wait(tenant + " " + ClientAddresses.networkOf(request), FROM_ONE_ADDRESS);
        return own > 0 ? own : wait(tenant.toString(), FOR_ONE_SHOP);
    }

    /**
     * Counts one form behind a link.
     *
     * @param link what stands in its address, and was found to be made here: invented ones, which
     *     anybody can have without end, would push out those who are counted
     * @return how many seconds to wait; 0: it may be taken
     */
    public long secondsToWait(String link) {
        return wait("link " + link, BEHIND_ONE_LINK);
    }

    /**
     * @param link as above
     * @throws Problem 429 where too many forms came from behind the link
     */
    void admit(String link) {
        long wait = secondsToWait(link);
        if (wait > 0) {
            throw Problem.of(ProblemType.TOO_MANY_REQUESTS, "Too many in too short a time.")
                    .retryAfter(Duration.ofSeconds(wait));
        }
    }

    private long wait(String key, int most) {
        ConsumptionProbe probe =
                buckets.get(
                                key,
                                _ ->
                                        Bucket.builder()
                                                .addLimit(limit ->
                                                        limit.capacity(most)
                                                                .refillGreedy(most, WINDOW))
                                                .build())
                        .tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? 0
                : 1 + Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds();
    }
}
