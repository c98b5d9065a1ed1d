package io.regulars.engagement.mail;

import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Reward;
import io.regulars.loyalty.program.RewardConditions;
import io.regulars.loyalty.program.Why;
import io.regulars.loyalty.rewards.Vouchers;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import io.regulars.tenancy.tenants.Profile;
import io.regulars.tenancy.tenants.Tenant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of a mail's member and occasion, in the words of the mail's language. */
final class MailModel {

    private final TenantTx tx;
    private final Tenant tenant;
    private final Group group;
    private final Member member;
    private final Wording words;

    MailModel(TenantTx tx, Tenant tenant, Group group, Member member, Locale locale) {
        this.tx = tx;
        this.tenant = tenant;
        this.group = group;
        this.member = member;
        this.words = new Wording(group.standings().program(), locale, group.zone(member));
    }

    Map<String, Object> of(MessageRow message, OccasionModel occasions, String card) {
        UUID memberId = member.id().uuid();
        Standings standings = group.standings();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("brand", brand(standings.program(), words.locale()));
        model.put("sender", senderModel(tenant));
        Map<String, Object> standing = standings.line(memberId, words);
        standing.put("card_url", card);
        model.put("standing", standing);
        model.put("advertising", message.isAdvertising());
        put(model, "name", member.name());
        Vouchers.Issued voucher = group.occasions().voucher(message);
        if (voucher != null) {
            model.put("voucher", voucher(words, voucher));
        }
        Optional.ofNullable(message.points())
                .ifPresent(points -> model.put("voucher", gift(words, points)));
        ProgressModel progress =
                new ProgressModel(
                        words, standings.points(memberId), standings.reachable(memberId), tx.now());
        switch (message.kind()) {
            case "birthday" -> ahead(message, model);
            case "anniversary" -> {
                model.put("years", years(message));
                ahead(message, model);
            }
            case "points_expiring" ->
                    new WarningModel(words, standings.points(memberId), tx)
                            .add(message.occurrence(), model);
            case StopAdvertising.KIND ->
                    model.put("received_at", words.moment(message.plannedAt()));
            case "welcome" -> welcome(message, model);
            default ->
                    occasions.add(
                            tx.tenant(), message, group.occasions().event(message), words, model);
        }
        if (group.tellsOfTheWay(message)) {
            Map<String, Object> way = progress.model();
            standings.tier(memberId, words).ifPresent(tier -> way.put("tier", tier));
            model.put("progress", way);
        }
        return model;
    }

    private static Map<String, Object> brand(Program program, Locale locale) {
        Map<String, Object> brand = new LinkedHashMap<>();
        brand.put("name", program.name().in(locale));
        if (program.brand() != null && program.brand().primaryColor() != null) {
            brand.put("color", program.brand().primaryColor());
        }
        if (program.brand() != null && program.brand().logoUrl() != null) {
            brand.put("logo_url", program.brand().logoUrl());
        }
        return brand;
    }

    private static Map<String, Object> senderModel(Tenant tenant) {
        Profile profile = tenant.profile();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put(
                "legal_name",
                Objects.requireNonNullElse(profile.legalName(), tenant.businessName()));
        put(model, "postal_address", profile.postalAddress());
        put(model, "email", profile.email());
        put(model, "phone", profile.phone());
        put(model, "website", profile.website());
        return model;
    }

    private static void put(Map<String, Object> model, String key, @Nullable String value) {
        if (value != null) {
            model.put(key, value);
        }
    }

    /** How many years after the year of joining the occurrence lies. */
    private int years(MessageRow message) {
        int years =
                LocalDate.parse(message.occurrence()).getYear()
                        - LocalTimes.day(member.joinedAt(), words.zone()).getYear();
        // One that is only tried out may be about the day of joining itself.
        return Math.max(1, years);
    }

    /** Whether the day is still to come: then the mail must not say that it is today. */
    private void ahead(MessageRow message, Map<String, Object> model) {
        LocalDate today = LocalTimes.day(message.dueAt(), words.zone());
        if (LocalDate.parse(message.occurrence()).isAfter(today)) {
            model.put("ahead", true);
        }
    }

    /** What the program itself gives to everybody new; beside an offer it stands by its own. */
    private void welcome(MessageRow message, Map<String, Object> model) {
        Vouchers.Issued gift = group.occasions().welcome(message);
        if (gift != null) {
            model.put(
                    model.containsKey("voucher") ? "welcome_gift" : "voucher",
                    voucher(words, gift));
        }
        Program.Welcome welcome = words.program().welcome();
        if (welcome != null && welcome.points() != null && welcome.points() > 0) {
            model.put("welcome_points", "+" + words.points(welcome.points()));
        }
    }

    private static Map<String, Object> voucher(Wording words, Vouchers.Issued voucher) {
        Map<String, Object> model = new LinkedHashMap<>();
        Reward reward = voucher.reward();
        String worth =
                switch (reward.kind()) {
                    case PERCENT_OFF -> "−" + reward.percent() + "%";
                    case AMOUNT_OFF ->
                            "−"
                                    + Why.money(
                                            words.locale(),
                                            words.program(),
                                            Objects.requireNonNullElse(reward.amount(), 0L));
                    default -> "";
                };
        String name = reward.name().in(words.locale());
        // "20% off (−20%)" would say it twice.
        model.put(
                "reward",
                worth.isEmpty() || name.matches(".*\\d.*") ? name : name + " (" + worth + ")");
        model.put("code", grouped(voucher.code()));
        if (voucher.expiresAt() != null) {
            model.put("valid_until", words.lastDay(voucher.expiresAt()));
        }
        RewardConditions.sentence(words.locale(), words.program(), reward)
                .ifPresent(terms -> model.put("terms", terms));
        return model;
    }

    /** Points instead of a voucher: there is nothing to show at the till. */
    private static Map<String, Object> gift(Wording words, MessageRow.PointsGiven points) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("reward", "+" + words.points(points.amount()));
        if (points.end() != null) {
            model.put("valid_until", words.lastDay(points.end()));
        }
        return model;
    }

    /** In groups of four, as it is read aloud; the till takes it with and without the dashes. */
    static String grouped(String code) {
        return code.replaceAll("(.{4})(?=.)", "$1-");
    }
}
