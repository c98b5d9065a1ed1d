package io.regulars.tenancy.plans;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dropwizard.auth.Auth;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Returns;
import io.regulars.platform.ids.TenantId;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

@Tag(name = "Shop")
@Path("/v1/tenant/usage")
@Produces(MediaType.APPLICATION_JSON)
public final class UsageResource {

    private final Entitlements entitlements;
    private final Usage usage;
    private final Function<TenantId, Optional<TenantRef>> live;

    /**
     * Takes what it needs.
     *
     * @param live the live side of a shop: what is tried out on the test side is free
     */
    public UsageResource(
            Entitlements entitlements, Usage usage, Function<TenantId, Optional<TenantRef>> live) {
        this.entitlements = entitlements;
        this.usage = usage;
        this.live = live;
    }

    /**
     * What a shop uses.
     *
     * @param plan null where nothing is to be paid: then there are no limits
     * @param month the calendar month in UTC that mails are counted in
     */
    public record UsageView(
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String plan,
            Used members,
            Used mails,
            Used team,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long requestsPerSecond,
            String month,
            Instant mailsResetAt) {}

    /**
     * One of them.
     *
     * @param limit null for none
     */
    public record Used(long used, @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long limit) {}

    @GET
    @AllowedTo(Audience.READERS)
    @Returns(UsageView.class)
    @Operation(summary = "What the shop uses of its plan, on the live side")
    public UsageView get(@Auth Caller caller) {
        TenantId tenant = caller.tenant().id();
        Plan.Limits limits = entitlements.limits(tenant);
        TenantRef side =
                caller.tenant().side() == Side.LIVE
                        ? caller.tenant()
                        : live.apply(tenant).orElse(caller.tenant());
        YearMonth month = usage.month();
        return new UsageView(
                entitlements.plan(tenant).map(Plan::key).orElse(null),
                new Used(usage.members(side), limits.members()),
                new Used(usage.mails(side, month), limits.mailsPerMonth()),
                new Used(usage.team(tenant), limits.team()),
                limits.requestsPerSecond(),
                month.toString(),
                Usage.start(month.plusMonths(1)));
    }
}
