package io.regulars.engagement.mail;

import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Reward;
import io.regulars.loyalty.program.Why;
import io.regulars.loyalty.rewards.Vouchers;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import io.regulars.tenancy.tenants.Profile;
import io.regulars.tenancy.tenants.Tenant;
import java.time.LocalDate;
import java.time.ZoneId;
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
    private final Wording words;

    MailModel(TenantTx tx, Tenant tenant, Group group, Locale locale) {
        this.tx = tx;
        this.tenant = tenant;
        this.group = group;
        this.words = new Wording(group.standings().program(), locale, tx.tenant().zone());
    }

    Map<String, Object> of(
            MessageRow message, Member member, OccasionModel occasions, String card) {
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
        ProgressModel progress = new ProgressModel(words, standings.points(memberId), tx.now());
        switch (message.kind()) {
            case "anniversary" -> model.put("years", years(message, member, tx.tenant().zone()));
            case "points_expiring" -> model.put("expiring", progress.expiring());
            case StopAdvertising.KIND ->
                    model.put("received_at", words.moment(message.plannedAt(), group.zone(member)));
            default ->
                    occasions.add(
                            tx.tenant(), message, group.occasions().event(message), words, model);
        }
        if (message.kind().equals("monthly_progress") || !group.content(message).isEmpty()) {
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
    private static int years(MessageRow message, Member member, ZoneId shops) {
        ZoneId zone = member.timeZone() == null ? shops : ZoneId.of(member.timeZone());
        return LocalDate.parse(message.occurrence()).getYear()
                - LocalTimes.day(member.joinedAt(), zone).getYear();
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
