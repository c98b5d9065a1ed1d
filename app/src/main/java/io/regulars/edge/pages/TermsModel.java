package io.regulars.edge.pages;

import io.regulars.loyalty.program.EarningRule;
import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.Parts;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Publication;
import io.regulars.loyalty.program.TierScheme;
import io.regulars.tenancy.tenants.Profile;
import io.regulars.tenancy.tenants.Tenant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A published program as the template of the terms takes it: every value is written out in the
 * reader's language, and what the program leaves open is absent. The sentences are the template's.
 */
final class TermsModel {

    private static final String NAME = "name";

    private final Language language;
    private final Tenant shop;
    private final Publication publication;
    private final Program program;
    private final TermsWords words;

    TermsModel(Language language, Tenant shop, Publication publication) {
        this.language = language;
        this.shop = shop;
        this.publication = publication;
        this.program = publication.program();
        this.words = new TermsWords(language, program);
    }

    Map<String, Object> with(List<Publication> all, int inForce) {
        Map<String, Object> model = new HashMap<>();
        model.put("shop", shop.businessName());
        model.put("path", "/t/" + shop.id());
        model.put("other", language == Language.VI ? "en" : "vi");
        model.put(NAME, words.text(program.name()));
        model.put("unit", words.text(program.unit().many()));
        model.put(
                "tagline", words.text(program.brand() == null ? null : program.brand().tagline()));
        model.put("version", publication.version());
        model.put("in_force", publication.version() == inForce);
        model.put("effective", date(publication));
        model.put("reason", publication.reason());
        model.put("benefits", program.benefits().stream().map(words::text).toList());
        model.put("rules", program.earning().stream().map(this::rule).toList());
        model.put("carries", program.carriesRemainder() && words.earnsByAmount());
        program.tierScheme().ifPresent(tiers -> model.put("tiers", tiers(tiers)));
        model.put("rewards", program.rewards().stream().map(words::reward).toList());
        model.put("cards", program.stampCards().stream().map(this::card).toList());
        model.put("referral", words.referral());
        model.put("welcome", words.welcome());
        model.put("expiry", expiry(program.expiryPolicy()));
        model.put("spent_points", words.key(program.spentPoints()));
        model.put("has_points", words.hasPoints());
        model.put("terms", terms(program.terms()));
        model.put("faq", program.faq().stream().map(this::question).toList());
        model.put("trader", trader(shop.profile()));
        model.put("versions", all.reversed().stream().map(one -> version(one, inForce)).toList());
        model.values().removeIf(Objects::isNull);
        return model;
    }

    private String date(Publication one) {
        return words.date(one.effectiveAt().atZone(shop.zone()).toLocalDate());
    }

    private Map<String, @Nullable Object> version(Publication one, int inForce) {
        Map<String, @Nullable Object> version = new HashMap<>();
        version.put("number", one.version());
        version.put("date", date(one));
        version.put("reason", one.reason());
        version.put("in_force", one.version() == inForce);
        version.put("shown", one.version() == publication.version());
        return version;
    }

    private Map<String, @Nullable Object> rule(EarningRule rule) {
        EarningRule.Points points = rule.points();
        EarningRule.When when = rule.conditions();
        Map<String, @Nullable Object> model = new HashMap<>();
        boolean activity = rule.on().startsWith(EarningRule.ACTIVITY);
        model.put("on", activity ? "activity" : rule.on());
        model.put(
                "activity",
                activity
                        ? rule.on().substring(EarningRule.ACTIVITY.length()).replace('_', ' ')
                        : null);
        model.put(NAME, words.text(rule.name()));
        model.put("fixed", words.points(points.fixed()));
        model.put("award", words.points(points.award()));
        model.put("per", words.money(points.perAmount()));
        model.put("min_amount", words.moneyAboveZero(when.minAmount()));
        model.put("categories", words.list(Parts.of(when.categories())));
        model.put("skus", words.list(Parts.of(when.skus())));
        model.put("locations", words.list(words.locations(Parts.of(when.locations()))));
        model.put("weekdays", words.list(words.weekdays(Parts.of(when.weekdays()))));
        model.put("from", when.from() == null ? null : when.from().toString());
        model.put("to", when.to() == null ? null : when.to().toString());
        model.put("tiers", words.list(words.tiers(Parts.of(when.tiers()))));
        model.put("first_purchase", when.wantsFirstPurchase());
        model.put("per_day", words.aboveZero(rule.limit().day()));
        model.put("per_member", words.aboveZero(rule.limit().member()));
        model.put("budget", words.aboveZero(rule.limit().budget()));
        model.put("pending", words.aboveZero(rule.daysPending()));
        model.put("best", rule.isBestOfGroup());
        return model;
    }

    private Map<String, @Nullable Object> tiers(TierScheme tiers) {
        Map<String, @Nullable Object> model = new HashMap<>();
        model.put("basis", words.key(tiers.basis()));
        model.put("window", words.key(tiers.window()));
        model.put("policy", words.key(tiers.downgradePolicy()));
        model.put("grace", words.aboveZero(tiers.graceDays()));
        List<Map<String, @Nullable Object>> levels = new ArrayList<>();
        for (TierScheme.Level level : tiers.levels()) {
            Map<String, @Nullable Object> row = new HashMap<>();
            row.put(NAME, words.text(level.name()));
            row.put(
                    "threshold",
                    level.threshold() == 0 ? null : words.measured(tiers, level.threshold()));
            row.put("multiplier", words.multiplier(level.multiplier()));
            row.put(
                    "perks",
                    words.list(Parts.of(level.perks()).stream().map(words::said).toList()));
            levels.add(row);
        }
        model.put("levels", levels);
        return model;
    }

    private Map<String, @Nullable Object> card(Program.StampCard card) {
        Map<String, @Nullable Object> model = new HashMap<>();
        model.put(NAME, words.text(card.name()));
        model.put("buys", words.number(card.buys()));
        model.put("categories", words.list(card.categoryKeys()));
        model.put("reward", words.rewardName(card.reward()));
        return model;
    }

    private Map<String, @Nullable Object> expiry(Program.Expiry expiry) {
        Map<String, @Nullable Object> model = new HashMap<>();
        model.put("mode", words.key(expiry.mode()));
        model.put("months", words.number(expiry.monthCount()));
        model.put("to_month_end", expiry.roundsUp());
        model.put("warnings", words.both(expiry.warnings()));
        return model;
    }

    private @Nullable Map<String, @Nullable Object> terms(Program.@Nullable Terms terms) {
        if (terms == null) {
            return null;
        }
        Map<String, @Nullable Object> model = new HashMap<>();
        model.put("text", words.text(terms.text()));
        model.put("area", words.text(terms.area()));
        model.put("starts", dateOf(terms.startsOn()));
        model.put("ends", dateOf(terms.endsOn()));
        model.put("contact", terms.contact());
        return model;
    }

    private @Nullable String dateOf(@Nullable LocalDate date) {
        return date == null ? null : words.date(date);
    }

    private Map<String, Object> question(Program.Question question) {
        LocalText answer = question.answer();
        return Map.of("question", words.said(question.question()), "answer", words.said(answer));
    }

    private static @Nullable Map<String, @Nullable Object> trader(Profile profile) {
        Map<String, @Nullable Object> model = new HashMap<>();
        model.put(NAME, profile.legalName());
        model.put("address", profile.postalAddress());
        model.put("phone", profile.phone());
        model.put("email", profile.email());
        model.put("website", profile.website());
        return Stream.of("name", "address", "phone", "email", "website")
                        .allMatch(key -> model.get(key) == null)
                ? null
                : model;
    }
}
