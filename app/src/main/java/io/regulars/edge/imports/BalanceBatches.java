package io.regulars.edge.imports;

import io.regulars.loyalty.adjustments.OpeningBalances;
import io.regulars.loyalty.adjustments.OpeningBalances.Opening;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Opening balances by the hundred, booked in the transaction of their batch. */
final class BalanceBatches implements Batches {

    private static final int ROWS = 500;

    private final BalanceReader reader;
    private final OpeningBalances openingBalances;
    private final ImportedMembers importedMembers;
    private final ImportJob job;

    BalanceBatches(
            BalanceReader reader,
            OpeningBalances openingBalances,
            ImportedMembers importedMembers,
            ImportJob job) {
        this.reader = reader;
        this.openingBalances = openingBalances;
        this.importedMembers = importedMembers;
        this.job = job;
    }

    @Override
    public Batch next() {
        List<BalanceReader.Row> rows = new ArrayList<>();
        Optional<BalanceReader.Row> row = reader.next();
        while (row.isPresent()) {
            rows.add(row.get());
            row = rows.size() < ROWS ? reader.next() : Optional.empty();
        }
        return new Batch(reader.nextLine(), rows.size() < ROWS, tx -> apply(tx, rows));
    }

    private Tally apply(TenantTx tx, List<BalanceReader.Row> rows) {
        Tally tally = new Tally();
        List<BalanceReader.Row> sound = new ArrayList<>();
        for (BalanceReader.Row row : rows) {
            List<RowError> errors = errors(row, tx.now());
            if (errors.isEmpty()) {
                sound.add(row);
            } else {
                tally.failed(1, errors);
            }
        }
        Map<String, MemberId> members = members(tx, sound);
        List<BalanceReader.Row> taken = new ArrayList<>();
        List<Opening> openings = new ArrayList<>();
        for (BalanceReader.Row row : sound) {
            MemberId member = members.get(row.member());
            if (member == null) {
                ImportedMembers.Refusal refusal = importedMembers.missing(job);
                refuse(tally, row, refusal.code(), refusal.detail());
            } else {
                taken.add(row);
                openings.add(
                        new Opening(
                                member,
                                row.points(),
                                row.earnedAt(),
                                row.expiresAt(),
                                row.reason()));
            }
        }
        List<OpeningBalances.Outcome> outcomes =
                openingBalances.book(tx, openings, job.id().toString());
        for (int i = 0; i < taken.size(); i++) {
            switch (outcomes.get(i)) {
                case BOOKED -> tally.imported(1);
                case REPEATED -> tally.unchanged(1);
                case ENDED ->
                        refuse(
                                tally,
                                taken.get(i),
                                "already_expired",
                                "expires_at has passed: these points would be gone at once.");
            }
        }
        return tally;
    }

    private static void refuse(Tally tally, BalanceReader.Row row, String code, String detail) {
        tally.failed(1, List.of(new RowError(row.line(), code, detail)));
    }

    private static List<RowError> errors(BalanceReader.Row row, Instant now) {
        Instant earnedAt = row.earnedAt();
        return row.errors().isEmpty() && earnedAt != null && earnedAt.isAfter(now)
                ? List.of(
                        new RowError(
                                row.line(),
                                "in_the_future",
                                "earned_at must not lie ahead of now."))
                : row.errors();
    }

    /** Those who are made joined when they earned their first points. */
    private Map<String, MemberId> members(TenantTx tx, List<BalanceReader.Row> rows) {
        Map<String, Instant> joined = new LinkedHashMap<>();
        for (BalanceReader.Row row : rows) {
            joined.merge(
                    row.member(),
                    Objects.requireNonNullElse(row.earnedAt(), tx.now()),
                    (a, b) -> a.isBefore(b) ? a : b);
        }
        return importedMembers.of(tx, job, joined);
    }
}
