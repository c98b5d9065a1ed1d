package io.regulars;

import io.regulars.loyalty.members.MemberLimit;
import io.regulars.platform.ids.TenantId;
import io.regulars.tenancy.plans.Entitlements;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What plans have room for, as the storeys above ask. */
record PlanRooms(Supplier<Entitlements> entitlements) {

    Optional<MemberLimit.Room> members(TenantId tenant) {
        Entitlements entitled = entitlements.get();
        return Optional.ofNullable(entitled.limits(tenant).members())
                .map(most -> new MemberLimit.Room(most, entitled.reached(tenant, "members", most)));
    }

    /** Beyond a plan with a meter mails go on and are paid for. */
    OptionalLong mails(TenantId tenant) {
        return entitlements
                .get()
                .plan(tenant)
                .filter(plan -> plan.meter() == null)
                .map(plan -> plan.limits().mailsPerMonth())
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }
}
