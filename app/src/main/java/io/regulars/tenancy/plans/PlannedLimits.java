package io.regulars.tenancy.plans;

import io.regulars.platform.http.ClientAddresses;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.limits.RateLimits;
import io.regulars.platform.limits.RateLimits.Policy;
import io.regulars.platform.limits.RateLimits.Verdict;
import io.regulars.tenancy.access.Caller;
import io.regulars.tenancy.access.RequestLimits;
import java.util.List;

/**
 * A shop may call as often as its plan says, and twenty times as often for a second: a till at rush
 * hour calls in bursts. One of its keys gets at most three quarters of that, so that a program gone
 * wild does not stop the tills. Strangers are counted by their network.
 */
public final class PlannedLimits implements RequestLimits {

    private static final int BURST = 20;
    private static final int STRANGERS_WAITING = 10;
    private static final int CHANGES_FRACTION = 5;

    private final RateLimits limits;
    private final Entitlements entitlements;
    private final int usual;
    private final int perNetwork;

    /**
     * Limits by these rates.
     *
     * @param usual requests a second of a shop whose plan says nothing; 0 for no limit
     * @param perNetwork requests a second of a network without credentials; 0 for no limit
     */
    public PlannedLimits(RateLimits limits, Entitlements entitlements, int usual, int perNetwork) {
        this.limits = limits;
        this.entitlements = entitlements;
        this.usual = usual;
        this.perNetwork = perNetwork;
    }

    @Override
    public List<Verdict> caller(Caller caller) {
        TenantId tenant = caller.tenant().id();
        Long planned = entitlements.limits(tenant).requestsPerSecond();
        long rate = planned == null ? usual : planned;
        if (rate == 0) {
            return List.of();
        }
        long ofKey = Math.max(1, rate * 3 / 4);
        // The key first: what it is refused must not use up the shop's.
        Verdict key =
                limits.take(
                        caller.actor().id(),
                        new Policy("key", "with this key", ofKey, ofKey * BURST));
        return key.allowed()
                ? List.of(
                        key,
                        limits.take(
                                tenant.toString(),
                                new Policy("shop", "of this shop", rate, rate * BURST)))
                : List.of(key);
    }

    @Override
    public List<Verdict> stranger(String network, boolean changes) {
        if (perNetwork == 0 || ClientAddresses.isThisMachine(network)) {
            return List.of();
        }
        long rate = changes ? Math.max(1, perNetwork / CHANGES_FRACTION) : perNetwork;
        long burst = rate * STRANGERS_WAITING;
        Policy policy =
                changes
                        ? new Policy(
                                "address-changes",
                                "that may change something, from this address",
                                rate,
                                burst)
                        : new Policy("address", "from this address", rate, burst);
        return List.of(limits.take(network, policy));
    }
}
