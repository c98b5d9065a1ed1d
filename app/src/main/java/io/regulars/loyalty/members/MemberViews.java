package io.regulars.loyalty.members;

import io.regulars.loyalty.ledger.Balances;
import io.regulars.loyalty.ledger.PointsView;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.tiers.TierView;
import io.regulars.loyalty.tiers.Tiers;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Audience;
import io.regulars.tenancy.access.Caller;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** Members as their caller may see them, with their points and their tier. */
public final class MemberViews {

    private final Programs programs;
    private final MemberLinks links;

    public MemberViews(Programs programs, MemberLinks links) {
        this.programs = programs;
        this.links = links;
    }

    /** Asks for what every view needs together with the next query. */
    void prefetch(TenantTx tx) {
        programs.prefetch(tx);
    }

    /** A member and the version of its row, for an ETag. */
    record Versioned(MemberView view, int version) {}

    Versioned versioned(TenantTx tx, Caller caller, Member member) {
        return new Versioned(of(tx, caller, List.of(member)).apply(member), member.version());
    }

    /** How each of these members is shown; what they have is read at once for all of them. */
    Function<Member, MemberView> of(TenantTx tx, Caller caller, List<Member> members) {
        List<UUID> ids = members.stream().map(member -> member.id().uuid()).toList();
        Supplier<Map<UUID, PointsView>> balances = Balances.later(tx, ids);
        Map<UUID, TierView> tiers = Tiers.of(tx, programs.history(tx), ids);
        Map<UUID, PointsView> points = balances.get();
        return member -> {
            UUID id = member.id().uuid();
            return MemberView.of(
                    member,
                    points.getOrDefault(id, PointsView.NONE),
                    tiers.get(id),
                    caller.seesContactData(),
                    links.referral(caller.tenant(), member).toString(),
                    caller.may(Audience.MARKETING)
                            ? links.card(caller.tenant(), member).toString()
                            : null);
        };
    }
}
