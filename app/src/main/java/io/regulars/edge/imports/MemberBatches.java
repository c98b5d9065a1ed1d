package io.regulars.edge.imports;

import io.regulars.loyalty.members.UpsertMembers;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Members by the hundred, made or changed in the transaction of their batch. */
final class MemberBatches implements Batches {

    private static final int ROWS = 500;

    private final MemberReader reader;
    private final UpsertMembers upsertMembers;
    private final ImportJob job;

    MemberBatches(MemberReader reader, UpsertMembers upsertMembers, ImportJob job) {
        this.reader = reader;
        this.upsertMembers = upsertMembers;
        this.job = job;
    }

    @Override
    public Batch next() {
        List<MemberReader.Row> rows = new ArrayList<>();
        Optional<MemberReader.Row> row = reader.next();
        while (row.isPresent()) {
            rows.add(row.get());
            row = rows.size() < ROWS ? reader.next() : Optional.empty();
        }
        return new Batch(reader.nextLine(), rows.size() < ROWS, tx -> apply(tx, rows));
    }

    private Tally apply(TenantTx tx, List<MemberReader.Row> rows) {
        Tally tally = new Tally();
        List<Long> lines = new ArrayList<>();
        List<UpsertMembers.Entry> entries = new ArrayList<>();
        for (MemberReader.Row row : rows) {
            if (row.entry() == null) {
                tally.failed(1, row.errors());
            } else {
                lines.add(row.line());
                entries.add(row.entry());
            }
        }
        List<UpsertMembers.Outcome> outcomes =
                upsertMembers.upsert(tx, entries, job.id().toString());
        for (int i = 0; i < outcomes.size(); i++) {
            long line = lines.get(i);
            switch (outcomes.get(i)) {
                case UpsertMembers.Outcome.Created _ -> tally.imported(1);
                case UpsertMembers.Outcome.Changed _ -> tally.imported(1);
                case UpsertMembers.Outcome.Unchanged _ -> tally.unchanged(1);
                case UpsertMembers.Outcome.Refused refused ->
                        tally.failed(
                                1, refused.errors().stream().map(e -> inFile(line, e)).toList());
            }
        }
        return tally;
    }

    private static RowError inFile(long line, FieldError error) {
        String column = error.pointer().isEmpty() ? "" : error.pointer().substring(1);
        return RowError.of(line, column, error);
    }
}
