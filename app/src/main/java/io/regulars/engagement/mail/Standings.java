package io.regulars.engagement.mail;

import io.regulars.loyalty.ledger.Accounts;
import io.regulars.loyalty.ledger.Balances;
import io.regulars.loyalty.ledger.PointsView;
import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.TierScheme;
import io.regulars.loyalty.program.Why;
import io.regulars.loyalty.rewards.Wallet;
import io.regulars.loyalty.tiers.TierView;
import io.regulars.loyalty.tiers.Tiers;
import io.regulars.platform.db.TenantTx;
import java.text.NumberFormat;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the members of a group of mails stand, read at once for all of them.
 *
 * @param tiers empty where the program has none
 * @param reachable what their points can buy, for those whose mail tells of it
 */
record Standings(
        Program program,
        Map<UUID, PointsView> points,
        Map<UUID, TierView> tiers,
        Map<UUID, List<Wallet.Reachable>> reachable) {

    /**
     * @param onTheWay those of them whose mail tells of rewards
     */
    static Standings of(
            TenantTx tx,
            ProgramHistory history,
            Collection<UUID> members,
            Collection<UUID> onTheWay) {
        Program program = history.inForceAt(tx.now()).program();
        Map<UUID, PointsView> points = Balances.of(tx, members);
        return new Standings(
                program,
                points,
                Tiers.of(tx, history, members),
                Wallet.reachable(
                        tx,
                        program,
                        Accounts.of(tx, onTheWay).values(),
                        member -> points.getOrDefault(member, PointsView.NONE).available()));
    }

    /** What this member's points can buy, now or one day, the cheapest first. */
    List<Wallet.Reachable> reachable(UUID member) {
        return reachable.getOrDefault(member, List.of());
    }

    PointsView points(UUID member) {
        return points.getOrDefault(member, PointsView.NONE);
    }

    /** The line that stands in every mail to a member. */
    Map<String, Object> line(UUID member, Wording words) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("points", words.points(points(member).available()));
        Optional.ofNullable(tiers.get(member))
                .ifPresent(tier -> line.put("tier", tier.name().in(words.locale())));
        return line;
    }

    /** The tier with the way to the next one; empty where the program has no tiers. */
    Optional<Map<String, Object>> tier(UUID member, Wording words) {
        return Optional.ofNullable(tiers.get(member)).map(tier -> tier(tier, words));
    }

    private Map<String, Object> tier(TierView tier, Wording words) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", tier.name().in(words.locale()));
        TierView.ToNext next = tier.progress().toNext();
        if (next == null) {
            model.put("highest", true);
        } else if (next.missing() > 0) {
            long goal = tier.progress().value() + next.missing();
            model.put(
                    "next",
                    Map.of(
                            "name", name(next.tier()).in(words.locale()),
                            "missing", missing(tier.progress().basis(), next.missing(), words),
                            "percent", ProgressModel.percent(tier.progress().value(), goal)));
        }
        return model;
    }

    private LocalText name(String key) {
        return program.tierScheme()
                .flatMap(scheme -> scheme.level(key))
                .map(TierScheme.Level::name)
                .orElseThrow();
    }

    private static String missing(TierScheme.Basis basis, long missing, Wording words) {
        return switch (basis) {
            case SPEND -> Why.money(words.locale(), words.program(), missing);
            case POINTS -> words.points(missing);
            case PURCHASES ->
                    NumberFormat.getIntegerInstance(words.locale()).format(missing)
                            + (words.locale().getLanguage().equals("vi")
                                    ? " lần mua"
                                    : missing == 1 ? " purchase" : " purchases");
        };
    }
}
