package io.regulars.edge.card;

import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberLinks;
import io.regulars.loyalty.members.MemberLinks.Holder;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.tenancy.tenants.Tenant;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.net.URI;
import java.util.Optional;
import java.util.function.BiFunction;

/** Opens cards by their addresses; a suspended shop's too, for its members keep their rights. */
final class Cards {

    private final TenantDirectory directory;
    private final TenantDb tenants;
    private final Programs programs;
    private final MemberLinks links;

    Cards(TenantDirectory directory, TenantDb tenants, Programs programs, MemberLinks links) {
        this.directory = directory;
        this.tenants = tenants;
        this.programs = programs;
        this.links = links;
    }

    /** A card that there may be, in a shop that there is. */
    record Door(Tenant shop, TenantRef side, Holder holder) {}

    Optional<Door> find(String token) {
        return links.readCard(token)
                .flatMap(holder ->
                        directory
                                .tenant(holder.tenant())
                                .flatMap(shop ->
                                        directory
                                                .findForMembers(holder.tenant(), holder.side())
                                                .map(side -> new Door(shop, side, holder))));
    }

    /** Does something with the member whose card it is; empty where it opens nothing any more. */
    <T> Optional<T> within(Door door, BiFunction<TenantTx, Member, T> work) {
        return tenants.inTransaction(
                door.side(),
                tx ->
                        MemberDirectory.byCard(tx, door.holder().member(), door.holder().epoch())
                                .map(member -> work.apply(tx, member)));
    }

    Program program(TenantTx tx) {
        return programs.inForce(tx).program();
    }

    /** The card's address as it is now. */
    URI url(Door door, Member member) {
        return links.card(door.side(), member);
    }
}
