package io.regulars.loyalty.publishing;

import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.Program;
import io.regulars.platform.http.FieldError;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a program before it is kept as a draft. Pure; every finding names its place.
 */
final class ProgramCheck {

    private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final Pattern LOGO = Pattern.compile("https://[^\\s\"'<>]{1,500}");
    private static final int MOST_MONTHS = 120;
    private static final int MOST_WARNINGS = 10;
    private static final Set<String> CURRENCIES =
            Currency.getAvailableCurrencies().stream()
                    // Gold, test codes and the like have no minor unit.
                    .filter(currency -> currency.getDefaultFractionDigits() >= 0)
                    .map(Currency::getCurrencyCode)
                    .collect(Collectors.toUnmodifiableSet());

    private final Findings findings = new Findings();

    private ProgramCheck() {}

    static List<FieldError> errorsIn(Program program) {
        ProgramCheck check = new ProgramCheck();
        check.program(program);
        return check.findings.all();
    }

    private void program(Program program) {
        findings.name("/name", program.name());
        findings.name("/unit/one", program.unit().one());
        findings.name("/unit/many", program.unit().many());
        if (!CURRENCIES.contains(program.currency())) {
            findings.error(
                    "/currency",
                    "invalid_currency",
                    "The currency must be an ISO 4217 code, such as VND.");
        }
        brand(program.brand());
        terms(program.terms());
        benefits(program.benefits());
        faq(program.faq());
        locations(program.locations());
        expiry(program.expiry());
        new RuleCheck(findings, program).check();
        program.tierScheme().ifPresent(tiers -> new TierCheck(findings).check(tiers));
        new RewardCheck(findings, program).check();
        new OfferCheck(findings, program).check();
    }

    private void brand(Program.@Nullable Brand brand) {
        if (brand == null) {
            return;
        }
        if (brand.primaryColor() != null && !COLOR.matcher(brand.primaryColor()).matches()) {
            findings.error("/brand/primary_color", "invalid_color", "A colour looks like #2e7d32.");
        }
        if (brand.logoUrl() != null && !LOGO.matcher(brand.logoUrl()).matches()) {
            findings.error("/brand/logo_url", "invalid_url", "The logo must be an https address.");
        }
        findings.name("/brand/tagline", brand.tagline());
    }

    private void terms(Program.@Nullable Terms terms) {
        if (terms == null) {
            return;
        }
        findings.text("/terms/text", terms.text(), Findings.LONGEST_TERMS);
        findings.text("/terms/area", terms.area(), Findings.LONGEST_TEXT);
        findings.text("/terms/contact", terms.contact(), Findings.LONGEST_TEXT);
        if (terms.startsOn() != null
                && terms.endsOn() != null
                && terms.endsOn().isBefore(terms.startsOn())) {
            findings.error(
                    "/terms/ends_on", "before_start", "It cannot end before it has started.");
        }
    }

    private void benefits(List<LocalText> benefits) {
        findings.most("/benefits", benefits.size());
        for (int i = 0; i < benefits.size(); i++) {
            findings.text("/benefits/" + i, benefits.get(i), Findings.LONGEST_TEXT);
        }
    }

    private void faq(List<Program.Question> faq) {
        findings.most("/faq", faq.size());
        for (int i = 0; i < faq.size(); i++) {
            findings.text("/faq/" + i + "/question", faq.get(i).question(), Findings.LONGEST_TEXT);
            findings.text("/faq/" + i + "/answer", faq.get(i).answer(), Findings.LONGEST_TEXT);
        }
    }

    private void locations(List<Program.Location> locations) {
        findings.most("/locations", locations.size());
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < locations.size(); i++) {
            Program.Location location = locations.get(i);
            String at = "/locations/" + i;
            findings.key(at + "/key", location.key(), keys);
            findings.name(at + "/name", location.name());
            findings.zone(at + "/time_zone", location.timeZone());
        }
    }

    private void expiry(Program.@Nullable Expiry expiry) {
        if (expiry == null) {
            return;
        }
        if (expiry.mode() == Program.Expiry.Mode.NONE) {
            findings.range("/expiry/months", expiry.months(), 1, MOST_MONTHS);
        } else {
            findings.needed(
                    "/expiry/months",
                    expiry.months(),
                    1,
                    MOST_MONTHS,
                    "Points that end need a number of months.");
        }
        List<Integer> days = expiry.warnings();
        if (days.size() > MOST_WARNINGS) {
            findings.error("/expiry/warn_days", "too_many", "At most " + MOST_WARNINGS + ".");
        }
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < days.size(); i++) {
            findings.range("/expiry/warn_days/" + i, days.get(i), 1, 365);
            if (!seen.add(days.get(i))) {
                findings.error("/expiry/warn_days/" + i, "duplicate", "This is there twice.");
            }
        }
    }
}
