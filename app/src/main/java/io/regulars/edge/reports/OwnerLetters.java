package io.regulars.edge.reports;

import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.program.Why;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.LocalTimes;
import io.regulars.tenancy.access.TellOwners;
import io.regulars.tenancy.accountmail.Letter;
import io.regulars.tenancy.tenants.Tenant;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mail that owners get on the first of each month, from seven on the shop's clock; where
 * nothing ran that day, on the second or third. It says what the month before brought, against the
 * one before that, and how far their goals are. The figures are counted when the mail is written.
 * Which month was written about stands in the row {@code owner_letter} of {@code setting}, set
 * before the mail is planned: a crash in between costs the letter, and never sends it twice.
 */
public final class OwnerLetters implements Letter {

    static final String TEMPLATE = "owner_report";

    private static final String KEY = "owner_letter";
    private static final LocalTime NOT_BEFORE = LocalTime.of(7, 0);
    private static final int LAST_DAY = 3;
    private static final int WHOLE = 100;
    private static final int MONTHS_SHOWN = 6;
    private static final Map<String, String> SERVICE = Map.of("name", "Regulars");
    private static final Map<String, String> SENDER = Map.of("legal_name", "Regulars");
    private static final List<String> MONEY = List.of("revenue", "average_order");
    private static final List<String> SHARES =
            List.of("repeat_purchase_rate", "member_share_of_revenue", "redemption_rate");
    private static final List<String> FIGURES =
            List.of(
                    "revenue",
                    "purchases",
                    "average_order",
                    "active_members",
                    "members_joined",
                    "repeat_purchase_rate",
                    "member_share_of_revenue",
                    "members_lost",
                    "vouchers_used");

    private final TenantDb tenants;
    private final TenantDirectory directory;
    private final Programs programs;
    private final Reports reports;
    private final TellOwners tellOwners;

    public OwnerLetters(
            TenantDb tenants, TenantDirectory directory, Programs programs, TellOwners tellOwners) {
        this.tenants = tenants;
        this.directory = directory;
        this.programs = programs;
        this.reports = new Reports(tenants, programs);
        this.tellOwners = tellOwners;
    }

    /** Plans the letter where it is time; to be called every hour, for each side. */
    public void planIfDue(TenantRef side) {
        if (side.isTest()) {
            return;
        }
        tenants.inTransaction(side, OwnerLetters::claim)
                .ifPresent(month -> tellOwners.tell(side.id(), TEMPLATE, side.id() + " " + month));
    }

    private static Optional<YearMonth> claim(TenantTx tx) {
        ZonedDateTime now = tx.now().atZone(tx.tenant().zone());
        Optional<YearMonth> due = due(now.toLocalDateTime()).filter(month -> hadMembers(tx, month));
        if (due.isEmpty()) {
            return Optional.empty();
        }
        YearMonth month = due.get();
        int claimed =
                tx.update(
                                """
                                insert into <t>.setting as s (key, value, version, updated_at)
                                values (:key, :value::jsonb, 1, :now)
                                on conflict (key) do update
                                   set value = excluded.value, version = s.version + 1, updated_at = excluded.updated_at
                                 where s.value is distinct from excluded.value
                                """)
                        .bind("key", KEY)
                        .bind("value", Json.write(month.toString()))
                        .bind("now", tx.now())
                        .execute();
        return claimed == 0 ? Optional.empty() : Optional.of(month);
    }

    /** The month to be written about at this time of the shop. */
    static Optional<YearMonth> due(LocalDateTime now) {
        return now.getDayOfMonth() <= LAST_DAY
                        && !now.isBefore(now.toLocalDate().withDayOfMonth(1).atTime(NOT_BEFORE))
                ? Optional.of(YearMonth.from(now).minusMonths(1))
                : Optional.empty();
    }

    /** Nobody wants to read every month that nothing happened. */
    private static boolean hadMembers(TenantTx tx, YearMonth month) {
        Instant end =
                LocalTimes.at(month.plusMonths(1).atDay(1), LocalTime.MIDNIGHT, tx.tenant().zone());
        return tx.query(
                        """
                        select exists (select from <t>.member where created_at < :end and (erased_at is null or erased_at >= :end))
                        """)
                .bind("end", end)
                .mapTo(boolean.class)
                .one();
    }

    @Override
    public String template() {
        return TEMPLATE;
    }

    @Override
    public Optional<Content> content(String recipient, @Nullable String subject) {
        String both = Optional.ofNullable(subject).orElse("");
        int blank = both.indexOf(' ');
        if (blank < 0) {
            return Optional.empty();
        }
        YearMonth month;
        try {
            month = YearMonth.parse(both.substring(blank + 1));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
        return TenantId.parse(both.substring(0, blank))
                .flatMap(directory::tenant)
                .flatMap(shop ->
                        directory
                                .find(shop.id(), Side.LIVE)
                                .map(side -> content(shop, side, month)));
    }

    private Content content(Tenant shop, TenantRef side, YearMonth month) {
        return new Content(
                shop.locale(), tenants.inTransaction(side, tx -> model(tx, shop, month)));
    }

    private Map<String, Object> model(TenantTx tx, Tenant shop, YearMonth month) {
        Program program = programs.inForce(tx).program();
        Locale locale = shop.locale();
        Report report = overview(tx, month, month);
        Report before = overview(tx, month.minusMonths(1), month.minusMonths(1));
        List<Map<String, Object>> figures = new ArrayList<>();
        for (String name : FIGURES) {
            Map<String, Object> figure = new LinkedHashMap<>();
            figure.put("key", name);
            figure.put("value", written(name, report.figures().get(name), program, locale));
            figure.put("before", written(name, before.figures().get(name), program, locale));
            figures.add(figure);
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("brand", SERVICE);
        model.put("sender", SENDER);
        model.put("shop", shop.businessName());
        model.put("month", named(month, locale));
        model.put("figures", figures);
        model.put("months", months(tx, month, program, locale));
        model.put("goals", goals(tx, program, locale));
        return model;
    }

    private Report overview(TenantTx tx, YearMonth from, YearMonth to) {
        return reports.make(
                tx,
                new Reports.Question(
                        Reports.Kind.OVERVIEW,
                        from.atDay(1).toString(),
                        to.atEndOfMonth().toString(),
                        null));
    }

    private List<Map<String, Object>> months(
            TenantTx tx, YearMonth last, Program program, Locale locale) {
        Report report = overview(tx, last.minusMonths(MONTHS_SHOWN - 1L), last);
        double most =
                report.rows().stream()
                        .mapToDouble(row -> number(row.get("revenue")))
                        .max()
                        .orElse(0);
        return report.rows().stream()
                .map(row -> {
                    double revenue = number(row.get("revenue"));
                    Map<String, Object> month = new LinkedHashMap<>();
                    month.put(
                            "month",
                            named(YearMonth.parse(String.valueOf(row.get("month"))), locale));
                    month.put("revenue", written("revenue", row.get("revenue"), program, locale));
                    month.put("percent", most == 0 ? 0 : (int) Math.round(revenue / most * WHOLE));
                    return month;
                })
                .toList();
    }

    private List<Map<String, Object>> goals(TenantTx tx, Program program, Locale locale) {
        Report year =
                reports.make(tx, new Reports.Question(Reports.Kind.OVERVIEW, null, null, null));
        return Goals.views(tx, year).stream()
                .map(goal -> {
                    Map<String, Object> model = new LinkedHashMap<>();
                    model.put("key", goal.metric());
                    model.put("target", written(goal.metric(), goal.target(), program, locale));
                    model.put("present", written(goal.metric(), goal.present(), program, locale));
                    model.put("by", day(goal.by(), locale));
                    Double progress = goal.progress();
                    model.put("percent", progress == null ? 0 : (int) (progress * WHOLE));
                    return model;
                })
                .toList();
    }

    private static String written(
            String name, @Nullable Object value, Program program, Locale locale) {
        if (!(value instanceof Number number)) {
            return "–";
        }
        if (MONEY.contains(name)) {
            return Why.money(locale, program, Math.round(number.doubleValue()));
        }
        NumberFormat format =
                SHARES.contains(name)
                        ? NumberFormat.getPercentInstance(locale)
                        : NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(1);
        return format.format(number.doubleValue());
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }

    private static String named(YearMonth month, Locale locale) {
        return locale.getLanguage().equals("vi")
                ? "tháng " + month.getMonthValue() + "/" + month.getYear()
                : month.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                        + " "
                        + month.getYear();
    }

    private static String day(LocalDate day, Locale locale) {
        return LocalTimes.longDate(day, locale);
    }
}
