package io.regulars.loyalty.members;

import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Members that become part of others, and persons who are forgotten. */
final class MergeDao {

    private final TenantTx tx;

    MergeDao(TenantTx tx) {
        this.tx = tx;
    }

    /**
     * A row as it is now, locked.
     *
     * @param merged what moved when it was merged
     */
    record Row(
            Member member,
            @Nullable MemberId mergedInto,
            @Nullable MergeRecord merged,
            boolean isErased) {}

    /** In the order of their ids, so that two callers do not wait for each other in a ring. */
    List<Row> lock(MemberId... ids) {
        return tx.query(
                        "select "
                                + MemberDao.COLUMNS
                                + """
                                , merged_into, merged::text as merged, erased_at is not null as erased from <t>.member
                                 where id = any(:ids) order by id for update
                                """)
                .bindArray("ids", UUID.class, Stream.of(ids).map(MemberId::uuid).toList())
                .map((row, context) -> {
                    UUID into = Rows.uuidOrNull(row, "merged_into");
                    String merged = Rows.textOrNull(row, "merged");
                    return new Row(
                            MemberDao.member(row),
                            into == null ? null : new MemberId(into),
                            merged == null ? null : Json.read(merged, MergeRecord.class),
                            row.getBoolean("erased"));
                })
                .list();
    }

    /** What only one member may have is no longer the member's where the survivor took it. */
    void markMerged(MemberId from, MemberId into, MergeRecord merged) {
        tx.update(
                        """
                        update <t>.member
                           set merged_into = :into, merged = :merged::jsonb,
                               external_id = case when :idTaken then null else external_id end,
                               email = case when :emailTaken then null else email end,
                               email_key = case when :emailTaken then null else email_key end,
                               version = version + 1, updated_at = :now
                         where id = :id
                        """)
                .bind("id", from.uuid())
                .bind("into", into.uuid())
                .bind("merged", Json.write(merged))
                .bind("idTaken", merged.fields().contains("external_id"))
                .bind("emailTaken", merged.fields().contains("email"))
                .bind("now", tx.now())
                .execute();
    }

    void markUnmerged(MemberId from) {
        tx.update("update <t>.member set merged_into = null, merged = null where id = :id")
                .bind("id", from.uuid())
                .execute();
    }

    /** A part of another member gives up what a living member wants to have itself. */
    void release(@Nullable String externalId, @Nullable String email) {
        tx.update(
                        """
                        update <t>.member
                           set external_id = case when external_id = :externalId then null else external_id end,
                               email_key = case when email = :email then null else email_key end,
                               email = case when email = :email then null else email end
                         where merged_into is not null and (external_id = :externalId or email = :email)
                        """)
                .bind("externalId", externalId)
                .bind("email", email)
                .execute();
    }

    /** The member and all that were merged into it, directly or by way of others. */
    List<MemberId> withParts(MemberId id) {
        List<MemberId> all = new ArrayList<>(List.of(id));
        for (int i = 0; i < all.size(); i++) {
            tx.query("select id from <t>.member where merged_into = :id")
                    .bind("id", all.get(i).uuid())
                    .mapTo(UUID.class)
                    .list()
                    .forEach(part -> all.add(new MemberId(part)));
        }
        return List.copyOf(all);
    }

    /** What is left belongs to nobody: an id, a day of joining, amounts. */
    void erase(List<MemberId> ids) {
        tx.update(
                        """
                        update <t>.member
                           set external_id = null, email = null, email_key = null, phone = null, name = null, name_key = null,
                               birth_month = null, birth_day = null, birth_year = null, birthday_counts_from = null,
                               locale = null, time_zone = null, attributes = '{}',
                               card_number = 'erased ' || id, referral_code = 'erased ' || id,
                               marketing_email = false, merged = null, erased_at = :now,
                               version = version + 1, updated_at = :now
                         where id = any(:ids)
                        """)
                .bindArray("ids", UUID.class, ids.stream().map(MemberId::uuid).toList())
                .bind("now", tx.now())
                .execute();
    }
}
