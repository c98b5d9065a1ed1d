package io.regulars.edge.imports;

import io.regulars.loyalty.members.BirthDate;
import io.regulars.loyalty.members.EnrolMembers;
import io.regulars.loyalty.members.Profile;
import io.regulars.loyalty.members.UpsertMembers;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads members, one per row. */
final class MemberReader {

    static final Header.Columns COLUMNS =
            new Header.Columns(
                    List.of(
                            "external_id",
                            "email",
                            "phone",
                            "name",
                            "birth_date",
                            "joined_at",
                            "locale",
                            "time_zone",
                            "marketing_email",
                            "consent_source",
                            "consent_at"),
                    List.of(),
                    List.of("external_id", "email"),
                    true,
                    Map.of());

    private static final int LONGEST_SOURCE = 255;

    /** So Square writes a birthday without a year. */
    private static final String NO_YEAR = "0000-";

    private final RowReader reader;
    private final Header header;
    private final ZoneId zone;

    /**
     * @param zone the shop's, for dates without a time
     */
    MemberReader(RowReader reader, Header header, ZoneId zone) {
        this.reader = reader;
        this.header = header;
        this.zone = zone;
    }

    /**
     * A row of the file.
     *
     * @param entry null where the row is not right
     */
    record Row(long line, UpsertMembers.@Nullable Entry entry, List<RowError> errors) {}

    long nextLine() {
        return reader.nextLine();
    }

    Optional<Row> next() {
        return reader.next().map(row -> row(new Cells(header, row)));
    }

    private Row row(Cells cells) {
        if (!cells.areThere()) {
            return new Row(cells.line(), null, cells.errors());
        }
        Profile profile =
                new Profile(
                        cells.text("external_id"),
                        cells.text("email"),
                        cells.text("phone"),
                        cells.text("name"),
                        birthDate(cells),
                        cells.text("locale"),
                        cells.text("time_zone"),
                        attributes(cells),
                        cells.time("joined_at", zone));
        UpsertMembers.Entry entry = new UpsertMembers.Entry(profile, consent(cells));
        List<RowError> errors = cells.errors();
        return new Row(cells.line(), errors.isEmpty() ? entry : null, errors);
    }

    private static @Nullable BirthDate birthDate(Cells cells) {
        String text = cells.text("birth_date");
        if (text == null) {
            return null;
        }
        Optional<BirthDate> date =
                BirthDate.parse(text.startsWith(NO_YEAR) ? "--" + text.substring(5) : text);
        if (date.isEmpty()) {
            cells.refuse(
                    "birth_date",
                    "invalid_date",
                    "must be a date like 1990-02-28, or --02-28 without the year.");
        }
        return date.orElse(null);
    }

    private @Nullable Map<String, Object> attributes(Cells cells) {
        Map<String, Object> attributes = new HashMap<>();
        header.attributes()
                .forEach(column -> {
                    String value = cells.text(column);
                    if (value != null) {
                        attributes.put(column.substring(Header.ATTRIBUTE.length()), value);
                    }
                });
        return attributes.isEmpty() ? null : attributes;
    }

    /** A word without its source and moment proves nothing, so it is none. */
    private EnrolMembers.@Nullable Consent consent(Cells cells) {
        Boolean granted = cells.yesOrNo("marketing_email");
        String source = cells.text("consent_source");
        Instant at = cells.time("consent_at", zone);
        if (source != null && source.length() > LONGEST_SOURCE) {
            cells.refuse("consent_source", "invalid_text", "has more than 255 characters.");
        }
        return granted == null || source == null || at == null
                ? null
                : EnrolMembers.Consent.marketingEmail(granted, source, at);
    }
}
