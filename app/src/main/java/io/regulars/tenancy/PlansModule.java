package io.regulars.tenancy;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.Side;
import io.regulars.platform.jobs.TickJob;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.plans.Usage;
import io.regulars.tenancy.plans.UsageResource;
import io.regulars.tenancy.plans.WarnOfLimits;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What shops use of their plans; counts what the storeys above keep. */
public final class PlansModule {

    private final TenancyModule tenancy;
    private final Usage usage;
    private final WarnOfLimits warnOfLimits;

    public PlansModule(TenancyModule tenancy, ControlDb control, Clock clock, Usage.Counts counts) {
        this.tenancy = tenancy;
        this.usage = new Usage(control, clock, counts);
        this.warnOfLimits =
                new WarnOfLimits(
                        control, clock, tenancy.entitlements(), usage, tenancy.tellOwners());
        warnOfLimits.notices(tenancy.directory()).forEach(tenancy::add);
    }

    public Usage usage() {
        return usage;
    }

    public static Set<Class<?>> resources() {
        return Set.of(UsageResource.class);
    }

    public List<Object> endpoints() {
        return List.of(
                new UsageResource(
                        tenancy.entitlements(),
                        usage,
                        tenant -> tenancy.directory().find(tenant, Side.LIVE)));
    }

    public List<TickJob> jobs() {
        return List.of(TickJob.of("warn-of-limits", Duration.ofHours(1), now -> warn()));
    }

    /** Looks at every shop once. */
    public void warn() {
        tenancy.directory()
                .each(
                        "look at the limits of",
                        side -> {
                            if (side.side() == Side.LIVE) {
                                warnOfLimits.look(side);
                            }
                        });
    }
}
