package io.regulars.loyalty.members;

import io.regulars.loyalty.ledger.Account;
import io.regulars.loyalty.ledger.Accounts;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Listing;
import io.regulars.platform.db.TenantTx;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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

    /** Living members without strangers, oldest first, behind the given one. */
    public static List<Listing> behind(TenantTx tx, @Nullable UUID after, int limit) {
        List<Member> members =
                tx.query(
                                "select "
                                        + MemberDao.COLUMNS
                                        + " from <t>.member where id > coalesce(:after::uuid, '00000000-0000-0000-0000-000000000000') and"
                                        + MemberDao.LIVING
                                        + " and not "
                                        + Strangers.is("member.id")
                                        + " order by id limit :limit")
                        .bind("after", after)
                        .bind("limit", limit)
                        .map((row, context) -> MemberDao.member(row))
                        .list();
        Map<UUID, Account> accounts =
                Accounts.of(tx, members.stream().map(member -> member.id().uuid()).toList());
        return members.stream()
                .map(member -> listing(member, accounts.get(member.id().uuid())))
                .toList();
    }

    private static Listing listing(Member member, @Nullable Account account) {
        long debt = account == null ? 0 : account.debt();
        long points = account == null ? 0 : account.balance() + debt;
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
                        Long.toString(points),
                        Long.toString(debt),
                        text(account == null ? null : account.tier()),
                        Json.write(member.attributes())));
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
