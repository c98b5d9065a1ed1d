package io.regulars.tenancy.access;

import io.regulars.platform.limits.RateLimits;
import java.util.List;

/** How often somebody may call. */
public interface RequestLimits {

    /** Nobody is limited. */
    RequestLimits NONE =
            new RequestLimits() {
                @Override
                public List<RateLimits.Verdict> caller(Caller caller) {
                    return List.of();
                }

                @Override
                public List<RateLimits.Verdict> stranger(String network, boolean changes) {
                    return List.of();
                }
            };

    /** Counts a request with credentials: for its key or user, and for its shop. */
    List<RateLimits.Verdict> caller(Caller caller);

    /**
     * Counts a request without credentials, or with wrong ones.
     *
     * @param network where it comes from
     * @param changes whether it is one that changes something, such as a login
     */
    List<RateLimits.Verdict> stranger(String network, boolean changes);
}
