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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class MemberDao {

    private static final TypeReference<Map<String, Object>> ATTRIBUTES = new TypeReference<>() {};

    static final String COLUMNS =
            """
            id, external_id, email, phone, name, birth_month, birth_day, birth_year, birthday_counts_from, locale,
            time_zone, attributes::text, card_number, referral_code, marketing_email, program_version, joined_at,
            card_epoch, version, created_at, updated_at
            """;

    /** Who is a member: neither erased nor part of another. */
    static final String LIVING = " merged_into is null and erased_at is null";

    /** A chain of merges is no longer than the patience of those who merge. */
    private static final int LONGEST_CHAIN = 100;

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
                        insert into <t>.member (id, external_id, email, email_key, phone, name, name_key, birth_month, birth_day, birth_year,
                               birthday_counts_from, locale, time_zone, attributes, card_number, referral_code,
                               marketing_email, program_version, joined_at, version, created_at, updated_at)
                        select id, external_id, email, email_key, phone, name, name_key, birth_month, birth_day, birth_year,
                               birthday_counts_from, locale, time_zone, attributes::jsonb, card_number, referral_code,
                               marketing_email, program_version, joined_at, 1, :now, :now
                          from unnest(:ids, :externalIds, :emails, :emailKeys, :phones, :names, :nameKeys, :months, :days, :years,
                                      :countsFrom, :locales, :zones, :attributes, :cards, :referrals, :marketing, :versions, :joined)
                            as m (id, external_id, email, email_key, phone, name, name_key, birth_month, birth_day, birth_year,
                                  birthday_counts_from, locale, time_zone, attributes, card_number, referral_code,
                                  marketing_email, program_version, joined_at)
                        on conflict do nothing
                        returning id
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
                           set external_id = :externalId, email = :email, email_key = :emailKey, phone = :phone, name = :name, name_key = :nameKey,
                               birth_month = :month, birth_day = :day, birth_year = :year,
                               birthday_counts_from = :countsFrom, locale = :locale, time_zone = :zone,
                               attributes = :attributes::jsonb, marketing_email = :marketing,
                               program_version = :programVersion, version = version + 1, updated_at = :now
                         where id = :id
                        """)
                .bind("id", member.id().uuid())
                .bind("externalId", member.externalId())
                .bind("email", member.email())
                .bind("emailKey", emailKey(member))
                .bind("phone", member.phone())
                .bind("name", member.name())
                .bind("nameKey", NameKey.of(member))
                .bind("month", birthday(member, MonthDay::getMonthValue))
                .bind("day", birthday(member, MonthDay::getDayOfMonth))
                .bind("year", birthYear(member))
                .bind("countsFrom", member.birthdayCountsFrom())
                .bind("locale", member.locale())
                .bind("zone", member.timeZone())
                .bind("attributes", Json.write(member.attributes()))
                .bind("marketing", member.marketingEmail())
                .bind("programVersion", member.programVersion())
                .bind("now", tx.now())
                .execute();
    }

    /** Makes all links to the member's card void. */
    void nextCardEpoch(MemberId id) {
        tx.update(
                        "update <t>.member set card_epoch = card_epoch + 1, updated_at = :now where id = :id")
                .bind("now", tx.now())
                .bind("id", id.uuid())
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

    /** A row and, where it is part of another member, of which. */
    record Named(Member member, @Nullable MemberId mergedInto) {}

    Optional<Member> find(MemberId id) {
        return query(
                        "select " + COLUMNS + " from <t>.member where id = :value and" + LIVING,
                        id.uuid())
                .stream()
                .findFirst();
    }

    List<Member> all(Collection<MemberId> ids) {
        return tx.query("select " + COLUMNS + " from <t>.member where id = any(:ids) and" + LIVING)
                .bindArray("ids", UUID.class, ids.stream().map(MemberId::uuid).toList())
                .map((row, context) -> member(row))
                .list();
    }

    Optional<Member> findLocked(MemberId id) {
        return query(
                        "select "
                                + COLUMNS
                                + " from <t>.member where id = :value and"
                                + LIVING
                                + " for update",
                        id.uuid())
                .stream()
                .findFirst();
    }

    Optional<Named> named(MemberId id) {
        return named("id = :value", id.uuid()).stream().findFirst();
    }

    List<Named> namedExternally(String externalId) {
        return named("external_id = :value", externalId);
    }

    List<Named> namedByEmail(String email) {
        return named("email = :value", email);
    }

    List<Named> namedByPhone(String phone) {
        return named("phone = :value order by id limit 50", phone);
    }

    List<Named> namedByCard(String cardNumber) {
        return named("card_number = :value", cardNumber);
    }

    boolean isErased(MemberId id) {
        return tx.query(
                        "select exists (select from <t>.member where id = :id and erased_at is not null)")
                .bind("id", id.uuid())
                .mapTo(boolean.class)
                .one();
    }

    /** The member with this id, or the one it has become part of. */
    Optional<Member> living(MemberId id) {
        Optional<Named> row = named(id);
        for (int i = 0; i < LONGEST_CHAIN && row.isPresent(); i++) {
            MemberId into = row.get().mergedInto();
            if (into == null) {
                return row.map(Named::member);
            }
            row = named(into);
        }
        return Optional.empty();
    }

    /** What a member gave away with a merge still leads to the member it went to. */
    List<Member> living(List<Named> rows) {
        return rows.stream()
                .flatMap(row ->
                        row.mergedInto() == null
                                ? Stream.of(row.member())
                                : living(row.mergedInto()).stream())
                .distinct()
                .toList();
    }

    List<Member> byEmail(String email) {
        return living(namedByEmail(email));
    }

    List<Member> byExternalId(String externalId) {
        return living(namedExternally(externalId));
    }

    Optional<Member> byReferralCode(String code) {
        return living(named("referral_code = :value", code)).stream().findFirst();
    }

    /**
     * Those whose name begins so; first who is called just so. Bounds and not a pattern, so that
     * the index serves also where the statement is planned without them, and in its order, so that
     * a name that half the members have is found as quickly as any.
     *
     * @param key of the typed name
     */
    List<Member> byName(String key, String typed) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + " from <t>.member where name_key >= :key and name_key < :end and"
                                + LIVING
                                + " order by name_key, lower(name) = :typed desc, id desc limit 50")
                .bind("key", key)
                .bind("end", key + Character.toString(Character.MAX_CODE_POINT))
                .bind("typed", typed.toLowerCase(Locale.ROOT))
                .map((row, context) -> member(row))
                .list();
    }

    List<Member> page(@Nullable UUID before, int limit) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + " from <t>.member where id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff') and"
                                + LIVING
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
                                 where updated_at >= :since and merged_into is null and erased_at is null
                                   and (updated_at, id) < (coalesce(:beforeTime::timestamptz, 'infinity'), coalesce(:beforeId::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
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
        Map<String, MemberId> ids = new HashMap<>();
        tx.query(
                        """
                        select external_id, id, merged_into from <t>.member
                         where external_id = any(:ids) and erased_at is null
                        """)
                .bindArray("ids", String.class, List.copyOf(externalIds))
                .map((row, context) ->
                        Map.entry(
                                row.getString("external_id"),
                                Map.entry(
                                        new MemberId(Rows.uuid(row, "id")),
                                        Optional.ofNullable(Rows.uuidOrNull(row, "merged_into")))))
                .list()
                .forEach(found -> {
                    MemberId id = found.getValue().getKey();
                    ids.put(
                            found.getKey(),
                            found.getValue()
                                    .getValue()
                                    .flatMap(into -> living(new MemberId(into)))
                                    .map(Member::id)
                                    .orElse(id));
                });
        return ids;
    }

    private List<Named> named(String condition, Object value) {
        return tx.query(
                        "select "
                                + COLUMNS
                                + ", merged_into from <t>.member where erased_at is null and "
                                + condition)
                .bind("value", value)
                .map((row, context) -> {
                    UUID into = Rows.uuidOrNull(row, "merged_into");
                    return new Named(member(row), into == null ? null : new MemberId(into));
                })
                .list();
    }

    private List<Member> query(String sql, Object value) {
        return tx.query(sql).bind("value", value).map((row, context) -> member(row)).list();
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
                row.getInt("card_epoch"),
                row.getInt("version"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    static @Nullable String emailKey(Member member) {
        return member.email() == null ? null : Contact.mailbox(member.email());
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
