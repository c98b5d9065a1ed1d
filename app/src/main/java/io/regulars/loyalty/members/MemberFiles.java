package io.regulars.loyalty.members;

import io.regulars.platform.db.Json;
import io.regulars.platform.db.Listing;
import io.regulars.platform.db.TenantTx;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All members as rows of a file; what can be read back by an import has the import's names. */
public final class MemberFiles {

    public static final List<String> HEADER =
            List.of(
                    "id",
                    "external_id",
                    "email",
                    "phone",
                    "name",
                    "birth_date",
                    "joined_at",
                    "locale",
                    "time_zone",
                    "marketing_email",
                    "card_number",
                    "referral_code",
                    "points",
                    "debt",
                    "tier",
                    "attributes");

    private MemberFiles() {}

    /** Living members, oldest first, behind the given one. */
    public static List<Listing> behind(TenantTx tx, @Nullable UUID after, int limit) {
        return tx.query(
                        "select "
                                + Arrays.stream(MemberDao.COLUMNS.split(",", -1))
                                        .map(column -> "m." + column.strip())
                                        .collect(Collectors.joining(", "))
                                + """
                                , a.balance, a.debt, a.tier from <t>.member m join <t>.account a on a.member_id = m.id
                                 where (:after::uuid is null or m.id > :after)
                                   and m.merged_into is null and m.erased_at is null
                                 order by m.id limit :limit
                                """)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> {
                    Member member = MemberDao.member(row);
                    return new Listing(
                            member.id().uuid(),
                            List.of(
                                    member.id().toString(),
                                    text(member.externalId()),
                                    text(member.email()),
                                    text(member.phone()),
                                    text(member.name()),
                                    text(member.birthDate()),
                                    member.joinedAt().toString(),
                                    text(member.locale()),
                                    text(member.timeZone()),
                                    Boolean.toString(member.marketingEmail()),
                                    member.cardNumber(),
                                    member.referralCode(),
                                    Long.toString(row.getLong("balance") + row.getLong("debt")),
                                    Long.toString(row.getLong("debt")),
                                    text(row.getString("tier")),
                                    Json.write(member.attributes())));
                })
                .list();
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
