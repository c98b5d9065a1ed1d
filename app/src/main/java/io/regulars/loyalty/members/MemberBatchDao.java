package io.regulars.loyalty.members;

import io.regulars.platform.db.Columns;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Members by the hundred. */
final class MemberBatchDao {

    private final TenantTx tx;

    MemberBatchDao(TenantTx tx) {
        this.tx = tx;
    }

    /** Those with one of these external ids or e-mail addresses, locked in the order of ids. */
    List<Member> lockMatching(Collection<String> externalIds, Collection<String> emails) {
        return tx.query(
                        "select "
                                + MemberDao.COLUMNS
                                + """
                                  from <t>.member
                                 where (external_id = any(:externalIds) or email = any(:emails)) and merged_into is null
                                 order by id for update
                                """)
                .bindArray("externalIds", String.class, List.copyOf(externalIds))
                .bindArray("emails", String.class, List.copyOf(emails))
                .map((row, context) -> MemberDao.member(row))
                .list();
    }

    /** Of these external ids and addresses those that belong to a part of another member. */
    Set<String> merged(Collection<String> externalIds, Collection<String> emails) {
        Set<String> keys = new HashSet<>();
        tx.query(
                        """
                        select external_id, email from <t>.member
                         where (external_id = any(:externalIds) or email = any(:emails))
                           and merged_into is not null
                        """)
                .bindArray("externalIds", String.class, List.copyOf(externalIds))
                .bindArray("emails", String.class, List.copyOf(emails))
                .map((row, context) ->
                        Stream.of(
                                        Optional.ofNullable(Rows.textOrNull(row, "external_id")),
                                        Optional.ofNullable(Rows.textOrNull(row, "email")))
                                .flatMap(Optional::stream)
                                .toList())
                .forEach(keys::addAll);
        return keys;
    }

    /** When each of these members last said something about marketing mail. */
    Map<MemberId, Instant> lastWords(Collection<MemberId> ids) {
        Map<MemberId, Instant> words = new HashMap<>();
        tx.query(
                        """
                        select member_id, max(occurred_at) as at from <t>.consent_event
                         where member_id = any(:ids) and purpose = 'marketing_email' group by member_id
                        """)
                .bindArray("ids", UUID.class, ids.stream().map(MemberId::uuid).toList())
                .map((row, context) ->
                        Map.entry(
                                new MemberId(Rows.uuid(row, "member_id")), Rows.instant(row, "at")))
                .forEach(word -> words.put(word.getKey(), word.getValue()));
        return words;
    }

    /** Writes what these members, locked by the caller, are now. */
    void updateAll(List<Member> members) {
        tx.update(
                        """
                        update <t>.member m
                           set external_id = n.external_id, email = n.email, email_key = n.email_key, phone = n.phone, name = n.name, name_key = n.name_key,
                               birth_month = n.birth_month, birth_day = n.birth_day, birth_year = n.birth_year,
                               birthday_counts_from = n.birthday_counts_from, locale = n.locale,
                               time_zone = n.time_zone, attributes = n.attributes::jsonb,
                               marketing_email = n.marketing_email, joined_at = n.joined_at,
                               version = m.version + 1, updated_at = :now
                          from unnest(:ids, :externalIds, :emails, :emailKeys, :phones, :names, :nameKeys, :months, :days, :years,
                                      :countsFrom, :locales, :zones, :attributes, :marketing, :joined)
                            as n (id, external_id, email, email_key, phone, name, name_key, birth_month, birth_day, birth_year,
                                  birthday_counts_from, locale, time_zone, attributes, marketing_email, joined_at)
                         where m.id = n.id
                        """)
                .bindArray("ids", UUID.class, Columns.of(members, m -> m.id().uuid()))
                .bindArray("externalIds", String.class, Columns.of(members, Member::externalId))
                .bindArray("emails", String.class, Columns.of(members, Member::email))
                .bindArray("emailKeys", String.class, Columns.of(members, MemberDao::emailKey))
                .bindArray("phones", String.class, Columns.of(members, Member::phone))
                .bindArray("names", String.class, Columns.of(members, Member::name))
                .bindArray("nameKeys", String.class, Columns.of(members, NameKey::of))
                .bindArray(
                        "months",
                        Short.class,
                        Columns.of(members, m -> MemberDao.birthday(m, MonthDay::getMonthValue)))
                .bindArray(
                        "days",
                        Short.class,
                        Columns.of(members, m -> MemberDao.birthday(m, MonthDay::getDayOfMonth)))
                .bindArray("years", Short.class, Columns.of(members, MemberDao::birthYear))
                .bindArray(
                        "countsFrom",
                        LocalDate.class,
                        Columns.of(members, Member::birthdayCountsFrom))
                .bindArray("locales", String.class, Columns.of(members, Member::locale))
                .bindArray("zones", String.class, Columns.of(members, Member::timeZone))
                .bindArray(
                        "attributes",
                        String.class,
                        Columns.of(members, m -> Json.write(m.attributes())))
                .bindArray("marketing", Boolean.class, Columns.of(members, Member::marketingEmail))
                .bindArray("joined", Instant.class, Columns.of(members, Member::joinedAt))
                .bind("now", tx.now())
                .execute();
    }
}
