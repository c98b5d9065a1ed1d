package io.regulars.loyalty.adjustments;

import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.tenancy.access.Actor;
import io.regulars.tenancy.access.Caller;
import io.regulars.tenancy.access.Scope;

/** Adjustments without HTTP, for tests of other rooms. */
public final class AdjustmentDoor {

    private final AdjustPoints adjustments;

    public AdjustmentDoor(TenantDb tenants, Programs programs) {
        this.adjustments = new AdjustPoints(tenants, programs);
    }

    public void adjust(TenantRef side, MemberId member, long points, boolean allowDebt) {
        adjustments.adjust(
                new Caller(side, new Actor("key_test"), Scope.ADMIN),
                member.toString(),
                points,
                "a test",
                allowDebt);
    }
}
