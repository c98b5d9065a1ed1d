package io.regulars.edge.imports;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads points that members bring along, one lot per row. */
final class BalanceReader {

    static final Header.Columns COLUMNS =
            new Header.Columns(
                    List.of("member_external_id", "points", "earned_at", "expires_at", "reason"),
                    List.of("member_external_id", "points"),
                    List.of("member_external_id"),
                    false,
                    Map.of());

    private static final int LONGEST = 255;
    private static final long MOST_POINTS = (1L << 53) - 1;

    private final RowReader reader;
    private final Header header;
    private final ZoneId zone;

    /**
     * @param zone the shop's, for dates without a time
     */
    BalanceReader(RowReader reader, Header header, ZoneId zone) {
        this.reader = reader;
        this.header = header;
        this.zone = zone;
    }

    /**
     * A row of the file.
     *
     * @param expiresAt exclusive
     * @param errors what is wrong with it, seen alone
     */
    record Row(
            long line,
            String member,
            long points,
            @Nullable Instant earnedAt,
            @Nullable Instant expiresAt,
            @Nullable String reason,
            List<RowError> errors) {}

    long nextLine() {
        return reader.nextLine();
    }

    Optional<Row> next() {
        return reader.next().map(row -> row(new Cells(header, row)));
    }

    private Row row(Cells cells) {
        if (!cells.areThere()) {
            return new Row(cells.line(), "", 0, null, null, null, cells.errors());
        }
        String member = cells.required("member_external_id");
        if (member.length() > LONGEST) {
            cells.refuse("member_external_id", "invalid_text", "has more than 255 characters.");
        }
        String text = cells.required("points");
        long points = text.isEmpty() ? 0 : cells.wholeNumber("points", text);
        if (!text.isEmpty() && cells.errors().isEmpty() && (points < 1 || points > MOST_POINTS)) {
            cells.refuse("points", "out_of_range", "must be 1 to " + MOST_POINTS + ".");
        }
        Instant earnedAt = cells.time("earned_at", zone);
        Instant expiresAt = cells.time("expires_at", zone);
        String reason = cells.text("reason");
        if (reason != null && reason.length() > LONGEST) {
            cells.refuse("reason", "invalid_text", "has more than 255 characters.");
        }
        return new Row(cells.line(), member, points, earnedAt, expiresAt, reason, cells.errors());
    }
}
