package io.regulars.loyalty.rewards;

import io.regulars.loyalty.program.Reward;
import io.regulars.platform.db.TenantTx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many of a reward are gone. What is taken is counted and not what is left, so that a version
 * of the program with another stock goes on from there.
 */
final class StockDao {

    private static final String STOCK = "stock:";

    private final TenantTx tx;

    StockDao(TenantTx tx) {
        this.tx = tx;
    }

    /** Takes one; false, and nothing done, where none is left. */
    boolean take(Reward reward) {
        if (reward.stock() == null) {
            return true;
        }
        tx.write(
                "insert into <t>.counter (key, value) values (:key, 0) on conflict (key) do nothing",
                v -> v.bind("key", STOCK + reward.key()));
        // Whoever waits for the row looks at the condition again when it is theirs.
        return tx.update(
                                "update <t>.counter set value = value + 1 where key = :key and value < :stock")
                        .bind("key", STOCK + reward.key())
                        .bind("stock", reward.stock())
                        .execute()
                == 1;
    }

    /** Puts one back. */
    void giveBack(Reward reward) {
        if (reward.stock() != null) {
            tx.write(
                    "update <t>.counter set value = value - 1 where key = :key and value > 0",
                    v -> v.bind("key", STOCK + reward.key()));
        }
    }

    /** How many are left of those rewards that have a stock. */
    Map<String, Long> left(Collection<Reward> rewards) {
        Map<String, Long> left = new HashMap<>();
        for (Reward reward : rewards) {
            if (reward.stock() != null) {
                left.put(reward.key(), reward.stock());
            }
        }
        if (left.isEmpty()) {
            return left;
        }
        List<String> keys = left.keySet().stream().map(key -> STOCK + key).toList();
        tx.query("select key, value from <t>.counter where key = any(:keys)")
                .bindArray("keys", String.class, keys)
                .map((row, context) -> Map.entry(row.getString("key"), row.getLong("value")))
                .forEach(taken ->
                        left.computeIfPresent(
                                taken.getKey().substring(STOCK.length()),
                                (key, stock) -> Math.max(0, stock - taken.getValue())));
        return left;
    }
}
