package io.regulars.loyalty.members;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.platform.db.Columns;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Rows;
import io.regulars.platform.db.TenantTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

final class MemberDao {

    private static final TypeReference<Map<String, Object>> ATTRIBUTES = new TypeReference<>() {};

    static final String COLUMNS =
            """
            id, external_id, email, phone, name, birth_month, birth_day, birth_year, birthday_counts_from, locale,
            time_zone, attributes::text, card_number, referral_code, marketing_email, program_version, joined_at,
            version, created_at, updated_at
            """;

    private final TenantTx tx;

    MemberDao(TenantTx tx) {
        this.tx = tx;
    }

    /**
     * Inserts those members whose external id and e-mail are not taken yet, and waits for others
     * who are just doing so.
     *
     * @return the ids of those that were inserted
     */
    List<MemberId> insertNew(List<Member> members) {
        return tx.query(
                        """
                        insert into <t>.member (id, external_id, email, phone, name, birth_month, birth_day, birth_year,
                               birthday_counts_from, locale, time_zone, attributes, card_number, referral_code,
                               marketing_email, program_version, joined_at, version, created_at, updated_at)
                        select id, external_id, email, phone, name, birth_month, birth_day, birth_year,
                               birthday_counts_from, locale, time_zone, attributes::jsonb, card_number, referral_code,
                               marketing_email, program_version, joined_at, 1, :now, :now
                          from unnest(:ids, :externalIds, :emails, :phones, :names, :months, :days, :years, :countsFrom,
                                      :locales, :zones, :attributes, :cards, :referrals, :marketing, :versions, :joined)
                            as m (id, external_id, email, phone, name, birth_month, birth_day, birth_year,
                                  birthday_counts_from, locale, time_zone, attributes, card_number, referral_code,
                                  marketing_email, program_version, joined_at)
                        on conflict do nothing
                        returning id
                        """)
                .bindArray("ids", UUID.class, Columns.of(members, m -> m.id().uuid()))
                .bindArray("externalIds", String.class, Columns.of(members, Member::externalId))
                .bindArray("emails", String.class, Columns.of(members, Member::email))
                .bindArray("phones", String.class, Columns.of(members, Member::phone))
                .bindArray("names", String.class, Columns.of(members, Member::name))
                .bindArray(
                        "months",
                        Short.class,
                        Columns.of(members, m -> birthday(m, MonthDay::getMonthValue)))
                .bindArray(
                        "days",
                        Short.class,
                        Columns.of(members, m -> birthday(m, MonthDay::getDayOfMonth)))
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
                .bindArray("cards", String.class, Columns.of(members, Member::cardNumber))
                .bindArray("referrals", String.class, Columns.of(members, Member::referralCode))
                .bindArray("marketing", Boolean.class, Columns.of(members, Member::marketingEmail))
                .bindArray("versions", Integer.class, Columns.of(members, Member::programVersion))
                .bindArray("joined", Instant.class, Columns.of(members, Member::joinedAt))
                .bind("now", tx.now())
                .map((row, context) -> new MemberId(Rows.uuid(row, "id")))
                .list();
    }

    void update(Member member) {
        tx.update(
                        """
                        update <t>.member
                           set external_id = :externalId, email = :email, phone = :phone, name = :name,
                               birth_month = :month, birth_day = :day, birth_year = :year,
                               birthday_counts_from = :countsFrom, locale = :locale, time_zone = :zone,
                               attributes = :attributes::jsonb, marketing_email = :marketing,
                               version = version + 1, updated_at = :now
                         where id = :id
                        """)
                .bind("id", member.id().uuid())
                .bind("externalId", member.externalId())
                .bind("email", member.email())
                .bind("phone", member.phone())
                .bind("name", member.name())
                .bind("month", birthday(member, MonthDay::getMonthValue))
                .bind("day", birthday(member, MonthDay::getDayOfMonth))
                .bind("year", birthYear(member))
                .bind("countsFrom", member.birthdayCountsFrom())
                .bind("locale", member.locale())
                .bind("zone", member.timeZone())
                .bind("attributes", Json.write(member.attributes()))
                .bind("marketing", member.marketingEmail())
                .bind("now", tx.now())
                .execute();
    }

    void setMarketingEmail(MemberId id, boolean wanted) {
        tx.update(
                        """
                        update <t>.member set marketing_email = :wanted, version = version + 1, updated_at = :now
                         where id = :id
                        """)
                .bind("wanted", wanted)
                .bind("now", tx.now())
                .bind("id", id.uuid())
                .execute();
    }

    Optional<Member> find(MemberId id) {
        return where("id = :value", id.uuid()).stream().findFirst();
    }

    List<Member> all(Collection<MemberId> ids) {
        return tx.query("select " + COLUMNS + " from <t>.member where id = any(:ids)")
                .bindArray("ids", UUID.class, ids.stream().map(MemberId::uuid).toList())
                .map((row, context) -> member(row))
                .list();
    }

    Optional<Member> findLocked(MemberId id) {
        return where("id = :value for update", id.uuid()).stream().findFirst();
    }

    List<Member> byEmail(String email) {
        return where("email = :value", email);
    }

    List<Member> byPhone(String phone) {
        return where("phone = :value order by id limit 50", phone);
    }

    List<Member> byCard(String cardNumber) {
        return where("card_number = :value", cardNumber);
    }

    Optional<Member> byReferralCode(String code) {
        return where("referral_code = :value", code).stream().findFirst();
    }

    List<Member> byExternalId(String externalId) {
        return where("external_id = :value", externalId);
    }

    List<Member> byNamePrefix(String prefix) {
        String escaped =
                prefix.toLowerCase(Locale.ROOT)
                        .replace("\\", "\\\\")
                        .replace("%", "\\%")
                        .replace("_", "\\_");
        return where("lower(name) like :value order by id desc limit 50", escaped + "%");
    }

    List<Member> page(@Nullable UUID before, int limit) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + " from <t>.member where (:before::uuid is null or id < :before)"
                                + " order by id desc limit :limit")
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> member(row))
                .list();
    }

    /** Those changed since, latest change first, from behind the given place on. */
    List<Member> changedPage(
            Instant since, @Nullable Instant beforeTime, @Nullable UUID beforeId, int limit) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + """
                                  from <t>.member
                                 where updated_at >= :since
                                   and (:beforeTime::timestamptz is null or (updated_at, id) < (:beforeTime, :beforeId::uuid))
                                 order by updated_at desc, id desc limit :limit
                                """)
                .bind("since", since)
                .bind("beforeTime", beforeTime)
                .bind("beforeId", beforeId)
                .bind("limit", limit)
                .map((row, context) -> member(row))
                .list();
    }

    /** External ids to members, for as many as are known. */
    Map<String, MemberId> idsByExternalId(Collection<String> externalIds) {
        return tx.query("select external_id, id from <t>.member where external_id = any(:ids)")
                .bindArray("ids", String.class, List.copyOf(externalIds))
                .reduceRows(
                        new HashMap<>(),
                        (map, row) -> {
                            map.put(
                                    row.getColumn("external_id", String.class),
                                    new MemberId(row.getColumn("id", UUID.class)));
                            return map;
                        });
    }

    void insertConsents(List<ConsentEvent> events) {
        tx.update(
                        """
                        insert into <t>.consent_event (id, member_id, purpose, granted, source, wording, occurred_at,
                               recorded_at, recorded_by)
                        select id, member_id, purpose, granted, source, wording, occurred_at, :now, recorded_by
                          from unnest(:ids, :members, :purposes, :granted, :sources, :wordings, :occurred, :by)
                            as c (id, member_id, purpose, granted, source, wording, occurred_at, recorded_by)
                        """)
                .bindArray("ids", UUID.class, events.stream().map(ConsentEvent::id).toList())
                .bindArray(
                        "members",
                        UUID.class,
                        events.stream().map(e -> e.memberId().uuid()).toList())
                .bindArray(
                        "purposes",
                        String.class,
                        events.stream().map(ConsentEvent::purpose).toList())
                .bindArray(
                        "granted",
                        Boolean.class,
                        events.stream().map(ConsentEvent::granted).toList())
                .bindArray(
                        "sources", String.class, events.stream().map(ConsentEvent::source).toList())
                .bindArray("wordings", String.class, Columns.of(events, ConsentEvent::wording))
                .bindArray(
                        "occurred",
                        Instant.class,
                        events.stream().map(ConsentEvent::occurredAt).toList())
                .bindArray(
                        "by", String.class, events.stream().map(ConsentEvent::recordedBy).toList())
                .bind("now", tx.now())
                .execute();
    }

    List<ConsentEvent> consents(MemberId id) {
        return tx.query(
                        """
                        select id, purpose, granted, source, wording, occurred_at, recorded_at, recorded_by
                          from <t>.consent_event where member_id = :member order by id desc
                        """)
                .bind("member", id.uuid())
                .map((row, context) ->
                        new ConsentEvent(
                                Rows.uuid(row, "id"),
                                id,
                                row.getString("purpose"),
                                row.getBoolean("granted"),
                                row.getString("source"),
                                Rows.textOrNull(row, "wording"),
                                Rows.instant(row, "occurred_at"),
                                Rows.instant(row, "recorded_at"),
                                row.getString("recorded_by")))
                .list();
    }

    private List<Member> where(String condition, Object value) {
        return tx.query("select " + COLUMNS + " from <t>.member where " + condition)
                .bind("value", value)
                .map((row, context) -> member(row))
                .list();
    }

    static Member member(ResultSet row) throws SQLException {
        Integer month = Rows.intOrNull(row, "birth_month");
        Integer day = Rows.intOrNull(row, "birth_day");
        BirthDate birthDate =
                month == null || day == null
                        ? null
                        : new BirthDate(MonthDay.of(month, day), Rows.intOrNull(row, "birth_year"));
        return new Member(
                new MemberId(Rows.uuid(row, "id")),
                Rows.textOrNull(row, "external_id"),
                Rows.textOrNull(row, "email"),
                Rows.textOrNull(row, "phone"),
                Rows.textOrNull(row, "name"),
                birthDate,
                Rows.dateOrNull(row, "birthday_counts_from"),
                Rows.textOrNull(row, "locale"),
                Rows.textOrNull(row, "time_zone"),
                Json.read(row.getString("attributes"), ATTRIBUTES),
                row.getString("card_number"),
                row.getString("referral_code"),
                row.getBoolean("marketing_email"),
                row.getInt("program_version"),
                Rows.instant(row, "joined_at"),
                row.getInt("version"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    static @Nullable Short birthday(Member member, Function<MonthDay, Integer> part) {
        BirthDate date = member.birthDate();
        return date == null ? null : part.apply(date.day()).shortValue();
    }

    static @Nullable Short birthYear(Member member) {
        BirthDate date = member.birthDate();
        return date == null || date.year() == null ? null : date.year().shortValue();
    }
}
