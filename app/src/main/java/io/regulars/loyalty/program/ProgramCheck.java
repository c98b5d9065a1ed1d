package io.regulars.loyalty.program;

import io.regulars.platform.http.FieldError;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of a program before it is kept as a draft. Pure; every finding names its place.
 */
final class ProgramCheck {

    private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final int LONGEST_NAME = 200;
    private static final int MOST_PARTS = 200;

    private final List<FieldError> errors = new ArrayList<>();

    private ProgramCheck() {}

    static List<FieldError> errorsIn(Program program) {
        ProgramCheck check = new ProgramCheck();
        check.program(program);
        return check.errors;
    }

    private void program(Program program) {
        name("/name", program.name());
        name("/unit/one", program.unit().one());
        name("/unit/many", program.unit().many());
        if (Currency.getAvailableCurrencies().stream()
                .noneMatch(c -> c.getCurrencyCode().equals(program.currency()))) {
            error("/currency", "invalid_currency", "Must be an ISO 4217 code, such as VND.");
        }
        brand(program.brand());
        rules(program.earning());
        rewards(program.rewards());
    }

    private void brand(Program.@Nullable Brand brand) {
        if (brand == null) {
            return;
        }
        if (brand.primaryColor() != null && !COLOR.matcher(brand.primaryColor()).matches()) {
            error("/brand/primary_color", "invalid_color", "Must be a colour, such as #2e7d32.");
        }
        if (brand.logoUrl() != null && !brand.logoUrl().matches("https://[^\\s\"'<>]{1,500}")) {
            error("/brand/logo_url", "invalid_url", "Must be an https address.");
        }
    }

    private void rules(List<EarningRule> rules) {
        most("/earning", rules.size());
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < rules.size(); i++) {
            EarningRule rule = rules.get(i);
            String at = "/earning/" + i;
            key(at + "/key", rule.key(), keys);
            points(at + "/points", rule);
        }
    }

    private void points(String at, EarningRule rule) {
        EarningRule.Points points = rule.points();
        if (points.fixed() != null) {
            range(at + "/fixed", points.fixed(), 1, 1_000_000);
            unwanted(at + "/per_amount", points.perAmount());
            unwanted(at + "/award", points.award());
        } else {
            needed(at + "/per_amount", points.perAmount(), 1, 1_000_000_000_000L);
            needed(at + "/award", points.award(), 1, 1_000_000);
        }
    }

    private void rewards(List<Reward> rewards) {
        most("/rewards", rewards.size());
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < rewards.size(); i++) {
            Reward reward = rewards.get(i);
            String at = "/rewards/" + i;
            key(at + "/key", reward.key(), keys);
            name(at + "/name", reward.name());
            switch (reward.kind()) {
                case PERCENT_OFF -> {
                    needed(at + "/percent", reward.percent(), 1, 100);
                    unwanted(at + "/amount", reward.amount());
                }
                case AMOUNT_OFF -> {
                    needed(at + "/amount", reward.amount(), 1, 1_000_000_000_000L);
                    unwanted(at + "/percent", reward.percent());
                }
                default -> {
                    unwanted(at + "/percent", reward.percent());
                    unwanted(at + "/amount", reward.amount());
                }
            }
            if (reward.validDays() != null) {
                range(at + "/valid_days", reward.validDays(), 1, 3650);
            }
        }
    }

    private void needed(String at, @Nullable Number value, long least, long most) {
        if (value == null) {
            error(at, "required", "Must be there for this kind of reward.");
        } else {
            range(at, value.longValue(), least, most);
        }
    }

    private void unwanted(String at, @Nullable Number value) {
        if (value != null) {
            error(at, "not_allowed", "Must be left out: this kind of reward does not have it.");
        }
    }

    private void key(String at, String key, Set<String> seen) {
        if (!KEY.matcher(key).matches()) {
            error(
                    at,
                    "invalid_key",
                    "Must be made of a-z, 0-9, _ and -, with at most 64 characters.");
        } else if (!seen.add(key)) {
            error(at, "duplicate_key", "Another part has the key " + key + " already.");
        }
    }

    private void name(String at, LocalText text) {
        if (text.isBlank() || text.longest() > LONGEST_NAME) {
            error(at, "invalid_text", "Must have 1 to " + LONGEST_NAME + " characters.");
        }
    }

    private void range(String at, long value, long least, long most) {
        if (value < least || value > most) {
            error(at, "out_of_range", "Must be " + least + " to " + most + ".");
        }
    }

    private void most(String at, int size) {
        if (size > MOST_PARTS) {
            error(at, "too_many", "Must have at most " + MOST_PARTS + " entries.");
        }
    }

    private void error(String pointer, String code, String detail) {
        errors.add(new FieldError(pointer, code, detail));
    }
}
