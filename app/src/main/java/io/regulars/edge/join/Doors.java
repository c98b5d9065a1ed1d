package io.regulars.edge.join;

import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TenantId;
import io.regulars.tenancy.tenants.Tenant;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.util.Optional;
import java.util.function.Function;

/** Finds the shop that a page is about. */
final class Doors {

    private final TenantDirectory directory;
    private final TenantDb tenants;
    private final Programs programs;

    Doors(TenantDirectory directory, TenantDb tenants, Programs programs) {
        this.directory = directory;
        this.tenants = tenants;
        this.programs = programs;
    }

    /** A shop that takes members, with its program. */
    record Door(Tenant shop, TenantRef side, Program program) {}

    /** Empty for a shop that is not there, or takes nobody at present. */
    Optional<Door> find(String tenant) {
        return TenantId.parse(tenant).flatMap(id -> find(id, Side.LIVE));
    }

    Optional<Door> find(TenantId id, Side side) {
        Optional<TenantRef> open = directory.find(id, side);
        return directory
                .tenant(id)
                .flatMap(shop ->
                        open.map(ref ->
                                new Door(
                                        shop,
                                        ref,
                                        tenants.inTransaction(
                                                ref, tx -> programs.inForce(tx).program()))));
    }

    <T> T within(Door door, Function<TenantTx, T> work) {
        return tenants.inTransaction(door.side(), work);
    }
}
