package io.regulars.loyalty.rewards;

import io.regulars.loyalty.program.Reward;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Vouchers by the thousand, for files; within the caller's transaction. */
public final class VoucherFiles {

    private static final int TRIES = 5;

    private VoucherFiles() {}

    /**
     * A voucher, as a file tells of it.
     *
     * @param code with the dashes of its pattern, where it was made by one just now
     */
    public record Listed(
            UUID id,
            String code,
            String reward,
            String state,
            String origin,
            @Nullable UUID member,
            long points,
            Instant issuedAt,
            @Nullable Instant expiresAt,
            @Nullable Instant usedAt,
            @Nullable String source,
            @Nullable String orderId,
            @Nullable Long discount) {

        private static Listed of(VoucherRow row, String code, Instant now) {
            VoucherRow.Use use = row.use();
            return new Listed(
                    row.id(),
                    code,
                    row.terms().key(),
                    row.shownState(now),
                    row.origin(),
                    row.member(),
                    row.points(),
                    row.issuedAt(),
                    row.expiresAt(),
                    use == null ? null : use.at(),
                    use == null ? null : use.source(),
                    use == null ? null : use.orderId(),
                    use == null ? null : use.discount());
        }
    }

    /**
     * Codes to be made.
     *
     * @param pattern in which each # stands for a random character; null for the usual form
     */
    public record Batch(
            UUID id, Reward reward, @Nullable String pattern, @Nullable Instant expiresAt) {}

    /** Whether so many codes can be made by this pattern, and nobody guesses them. */
    public static boolean isPattern(String pattern, int count) {
        return Codes.isPattern(pattern, count);
    }

    /** When a voucher of this reward ends that is issued now; null where it does not. */
    public static @Nullable Instant usualEnd(TenantTx tx, Reward reward) {
        return Vouchers.endOf(tx, reward);
    }

    /** Makes so many vouchers that belong to nobody until they are used. */
    public static List<Listed> issue(TenantTx tx, Batch batch, int count) {
        VoucherDao dao = new VoucherDao(tx);
        List<Listed> issued = new ArrayList<>();
        for (int attempt = 0; issued.size() < count; attempt++) {
            if (attempt == TRIES) {
                throw new IllegalStateException("the pattern has no codes left");
            }
            Map<UUID, String> written = new HashMap<>();
            List<VoucherRow> rows = new ArrayList<>();
            for (int i = issued.size(); i < count; i++) {
                String code =
                        batch.pattern() == null ? Codes.next() : Codes.byPattern(batch.pattern());
                VoucherRow row =
                        Vouchers.granted(
                                tx,
                                null,
                                Codes.normalised(code),
                                batch.reward(),
                                Vouchers.BATCH,
                                batch.id(),
                                batch.expiresAt());
                rows.add(row);
                written.put(row.id(), code);
            }
            Set<UUID> inserted = new HashSet<>(dao.insert(rows));
            rows.stream()
                    .filter(row -> inserted.contains(row.id()))
                    .forEach(row ->
                            issued.add(
                                    Listed.of(
                                            row,
                                            written.getOrDefault(row.id(), row.code()),
                                            tx.now())));
        }
        return issued;
    }

    /** All vouchers, the oldest first, behind the given one. */
    public static List<Listed> behind(TenantTx tx, @Nullable UUID after, int limit) {
        return new VoucherDao(tx)
                .behind(after, limit).stream()
                        .map(row -> Listed.of(row, row.code(), tx.now()))
                        .toList();
    }
}
