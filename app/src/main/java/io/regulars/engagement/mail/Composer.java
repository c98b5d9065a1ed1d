package io.regulars.engagement.mail;

import io.regulars.engagement.mail.MessageDao.Departure;
import io.regulars.engagement.tracking.ConsentLinks;
import io.regulars.engagement.tracking.UnsubscribeLinks;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberLinks;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.program.Reward;
import io.regulars.loyalty.program.Why;
import io.regulars.loyalty.rewards.Vouchers;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.smtp.AdvertisingHeaders;
import io.regulars.platform.smtp.Mailbox;
import io.regulars.platform.smtp.Outgoing;
import io.regulars.platform.templates.Rendered;
import io.regulars.platform.templates.Templates;
import io.regulars.platform.time.LocalTimes;
import io.regulars.tenancy.tenants.Profile;
import io.regulars.tenancy.tenants.Tenant;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns a message and what is known of its member into a mail. */
final class Composer {

    /** The mail by which somebody who filled in a join page shows that the address is theirs. */
    static final String JOIN_CONFIRM = "join_confirm";

    private final Templates templates;
    private final Programs programs;
    private final UnsubscribeLinks unsubscribeLinks;
    private final OccasionModel occasions;
    private final ConsentLinks consentLinks;
    private final MemberLinks memberLinks;
    private final Sender sender;

    Composer(
            Templates templates,
            Programs programs,
            UnsubscribeLinks unsubscribeLinks,
            OccasionModel occasions,
            ConsentLinks consentLinks,
            MemberLinks memberLinks,
            Sender sender) {
        this.templates = templates;
        this.programs = programs;
        this.unsubscribeLinks = unsubscribeLinks;
        this.occasions = occasions;
        this.consentLinks = consentLinks;
        this.memberLinks = memberLinks;
        this.sender = sender;
    }

    /** Where the members of a group of mails stand. */
    Standings standings(TenantTx tx, Collection<UUID> members) {
        return Standings.of(tx, programs.history(tx), members);
    }

    /** Fixes everything that the mail will say. */
    Departure departure(
            TenantTx tx,
            Tenant tenant,
            MessageRow message,
            DepartureCheck.Verdict.Go go,
            Standings standings) {
        Member member = go.member();
        UUID memberId = member.id().uuid();
        Locale locale = locale(tenant, member);
        Program program = standings.program();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("brand", brand(program, locale));
        model.put("sender", senderModel(tenant));
        Wording words = new Wording(program, locale, tx.tenant().zone());
        model.put("standing", standing(tx, standings, member, words));
        if (member.name() != null) {
            model.put("name", member.name());
        }
        if (message.isAdvertising()) {
            URI unsubscribe = unsubscribeLinks.sign(tx.tenant(), member.id());
            model.put("unsubscribe_url", unsubscribe.toString());
        }
        Optional.ofNullable(message.voucherId())
                .or(() -> OccasionModel.welcomeVoucher(tx, message))
                .flatMap(id -> Vouchers.find(tx, id))
                .ifPresent(voucher -> model.put("voucher", voucher(words, voucher)));
        switch (message.kind()) {
            case "anniversary" -> model.put("years", years(message, member, tx.tenant().zone()));
            case "points_expiring" ->
                    model.put(
                            "expiring",
                            new ProgressModel(words, standings.points(memberId), tx.now())
                                    .expiring());
            case "monthly_progress" -> {
                Map<String, Object> progress =
                        new ProgressModel(words, standings.points(memberId), tx.now()).model();
                standings.tier(memberId, words).ifPresent(tier -> progress.put("tier", tier));
                model.put("progress", progress);
            }
            case AskForConsent.KIND -> {
                // What was asked is the record that the answer refers to.
                model.putAll(Objects.requireNonNullElse(message.model(), Map.of()));
                model.put("link", consentLinks.sign(tx.tenant(), message.id().uuid()).toString());
            }
            case JOIN_CONFIRM -> {
                // Nobody has shown yet that the address is theirs: no card, and no name that
                // somebody else may have typed.
                model.remove("standing");
                model.remove("name");
                model.put("link", memberLinks.confirm(tx.tenant(), member, tx.now()).toString());
            }
            default -> occasions.add(tx, message, words, model);
        }
        Rendered rendered = templates.render(message.kind(), locale, model);
        return new Departure(
                message.id(), go.address(), rendered.subject(), locale.toLanguageTag(), model);
    }

    private Map<String, Object> standing(
            TenantTx tx, Standings standings, Member member, Wording words) {
        Map<String, Object> line = standings.line(member.id().uuid(), words);
        line.put("card_url", memberLinks.card(tx.tenant(), member).toString());
        return line;
    }

    /** The mail as it was, or will be, handed over. */
    Rendered rendered(String kind, String localeTag, Map<String, Object> model) {
        return templates.render(kind, Locale.forLanguageTag(localeTag), model);
    }

    Outgoing outgoing(Tenant tenant, MessageRow message, Departure departure, Instant date) {
        Rendered rendered = rendered(message.kind(), departure.locale(), departure.model());
        Profile profile = tenant.profile();
        String name = Optional.ofNullable(profile.senderName()).orElse(tenant.businessName());
        return new Outgoing(
                sender.from().address(),
                new Mailbox(name, sender.from().address()),
                replyTo(profile),
                Mailbox.of(departure.recipient()),
                rendered.subject(),
                rendered.html(),
                rendered.text(),
                "<" + message.id() + "@" + sender.domain() + ">",
                headers(tenant, message, departure),
                date);
    }

    private Map<String, String> headers(Tenant tenant, MessageRow message, Departure departure) {
        Object unsubscribe = departure.model().get("unsubscribe_url");
        return unsubscribe == null
                ? Map.of("X-Regulars-Message", message.id().toString())
                : AdvertisingHeaders.of(
                        URI.create(unsubscribe.toString()),
                        "offers."
                                + tenant.id().toString().replace('_', '-')
                                + "."
                                + sender.domain(),
                        message.id().toString());
    }

    private static @Nullable Mailbox replyTo(Profile profile) {
        return profile.email() == null || !Mailbox.accepts(profile.email())
                ? null
                : Mailbox.of(profile.email());
    }

    private static Locale locale(Tenant tenant, Member member) {
        return member.locale() == null ? tenant.locale() : Locale.forLanguageTag(member.locale());
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
                    case PERCENT_OFF -> "−" + reward.percent() + " %";
                    case AMOUNT_OFF ->
                            "−"
                                    + Why.money(
                                            words.locale(),
                                            words.program(),
                                            Objects.requireNonNullElse(reward.amount(), 0L));
                    default -> "";
                };
        String name = reward.name().in(words.locale());
        // "20 % off (−20 %)" would say it twice.
        model.put(
                "reward",
                worth.isEmpty() || name.matches(".*\\d.*") ? name : name + " (" + worth + ")");
        model.put("code", grouped(voucher.code()));
        if (voucher.expiresAt() != null) {
            model.put("valid_until", words.lastDay(voucher.expiresAt()));
        }
        return model;
    }

    /** In groups of four, as it is read aloud; the till takes it with and without the dashes. */
    static String grouped(String code) {
        return code.replaceAll("(.{4})(?=.)", "$1-");
    }
}
