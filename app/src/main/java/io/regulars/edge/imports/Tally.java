package io.regulars.edge.imports;

import java.util.ArrayList;
import java.util.List;

/** Counts what becomes of a batch's rows. */
final class Tally {

    private long imported;
    private long unchanged;
    private long failed;
    private final List<RowError> errors = new ArrayList<>();

    void imported(long rows) {
        imported += rows;
    }

    void unchanged(long rows) {
        unchanged += rows;
    }

    void failed(long rows, List<RowError> why) {
        failed += rows;
        errors.addAll(why);
    }

    ImportJob.Counts counts() {
        return new ImportJob.Counts(imported, unchanged, failed);
    }

    List<RowError> errors() {
        return errors;
    }
}
