package io.regulars.tenancy.forms;

import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Problem;
import io.regulars.platform.smtp.Mailbox;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with a body. Each reader answers the value made fit (stripped, upper or
 * lower case), or, where it is wrong, something of the right type that {@link #check} keeps from
 * being used.
 */
public final class Form {

    /** The languages that mails and pages are written in. */
    private static final Set<String> LANGUAGES = Set.of("vi", "en");

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());
    private static final ZoneId NO_ZONE = ZoneId.of("UTC");

    private static final Pattern ADDRESS =
            Pattern.compile("://|www\\.|[\\p{L}\\p{N}]\\.(com|net|org|vn|io)\\b|@");

    private static final Pattern PHONE =
            Pattern.compile("[ ()./-]*\\+?[ ()./-]*([0-9][ ()./-]*){5,15}");

    private final List<FieldError> errors = new ArrayList<>();

    public void refuse(String pointer, String code, String detail) {
        errors.add(new FieldError(pointer, code, detail));
    }

    /** Ends the request with 422 if anything was wrong. */
    public void check() {
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    /** A text that must be there. */
    public String text(String pointer, @Nullable String value, int longest) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty()) {
            refuse(pointer, "required", "Must be there, and not empty.");
        } else if (text.codePointCount(0, text.length()) > longest) {
            refuse(pointer, "too_long", "Must have at most " + longest + " characters.");
        } else if (text.codePoints()
                .anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r')) {
            refuse(pointer, "invalid", "Must hold no control characters.");
        }
        return text;
    }

    /** A text on one line that must be there. */
    public String line(String pointer, @Nullable String value, int longest) {
        String text = text(pointer, value, longest);
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            refuse(pointer, "invalid", "Must be one line.");
        }
        return text;
    }

    /**
     * A name on one line that must be there, and that we put into mails to people who ask for none.
     */
    public String name(String pointer, @Nullable String value, int longest) {
        String name = line(pointer, value, longest);
        if (hasAddress(name)) {
            refuse(
                    pointer,
                    "holds_address",
                    "Must be a name, without web or mail addresses in it.");
        }
        return name;
    }

    /** A name that is a link is one that somebody wants us to mail for them. */
    public static boolean hasAddress(String name) {
        return ADDRESS.matcher(name.toLowerCase(Locale.ROOT)).find();
    }

    public String email(String pointer, @Nullable String value) {
        String email = line(pointer, value, 254).toLowerCase(Locale.ROOT);
        // A domain without a dot is a slip of the hand in every shop's address.
        if (!email.isEmpty()
                && (!Mailbox.accepts(email) || email.indexOf('.', email.lastIndexOf('@')) < 0)) {
            refuse(pointer, "invalid_email", "Must be an e-mail address, such as lan@example.com.");
        }
        return email;
    }

    /** A number as people write it; it is shown, and not called. */
    public String phone(String pointer, @Nullable String value) {
        String phone = line(pointer, value, 50);
        if (!phone.isEmpty() && !PHONE.matcher(phone).matches()) {
            refuse(pointer, "invalid_phone", "Must be a phone number, such as +84 905 123 456.");
        }
        return phone;
    }

    public ZoneId zone(String pointer, @Nullable String value) {
        String zone = line(pointer, value, 100);
        if (ZONES.contains(zone)) {
            return ZoneId.of(zone);
        }
        if (!zone.isEmpty()) {
            refuse(
                    pointer,
                    "unknown_time_zone",
                    "Must be an IANA time zone, such as Asia/Ho_Chi_Minh.");
        }
        return NO_ZONE;
    }

    public String country(String pointer, @Nullable String value) {
        String country = line(pointer, value, 100).toUpperCase(Locale.ROOT);
        if (!country.isEmpty() && !COUNTRIES.contains(country)) {
            refuse(
                    pointer,
                    "unknown_country",
                    "Must be a country in two letters of ISO 3166, such as VN.");
        }
        return country;
    }

    public String currency(String pointer, @Nullable String value) {
        String currency = line(pointer, value, 100).toUpperCase(Locale.ROOT);
        if (!currency.isEmpty() && !isCurrency(currency)) {
            refuse(
                    pointer,
                    "unknown_currency",
                    "Must be a currency in three letters of ISO 4217, such as USD.");
        }
        return currency;
    }

    public Locale locale(String pointer, @Nullable String value) {
        String tag = line(pointer, value, 100);
        try {
            Locale locale = new Locale.Builder().setLanguageTag(tag).build();
            if (LANGUAGES.contains(locale.getLanguage())) {
                return locale;
            }
        } catch (IllformedLocaleException e) {
            // Refused below like a language that we do not speak.
        }
        if (!tag.isEmpty()) {
            refuse(
                    pointer,
                    "unknown_locale",
                    "Must be a language tag of vi or en, such as vi or en-GB.");
        }
        return Locale.ROOT;
    }

    public String website(String pointer, @Nullable String value) {
        String website = line(pointer, value, 500);
        if (!website.isEmpty() && !isWebAddress(website)) {
            refuse(
                    pointer,
                    "invalid_url",
                    "Must be a web address that begins with https:// or http://.");
        }
        return website;
    }

    private static boolean isCurrency(String code) {
        try {
            // Gold, test codes and the like have no minor unit.
            return Currency.getInstance(code).getDefaultFractionDigits() >= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isWebAddress(String text) {
        try {
            URI uri = new URI(text);
            return ("https".equalsIgnoreCase(uri.getScheme())
                            || "http".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
