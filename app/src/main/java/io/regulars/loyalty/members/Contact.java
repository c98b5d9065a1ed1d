package io.regulars.loyalty.members;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One spelling for each address and number, so that five spellings of a phone are one phone. */
final class Contact {

    private static final Pattern EMAIL =
            Pattern.compile(
                    "[^\\s@\\p{Cntrl}<>,;:\"()\\[\\]\\\\]{1,64}@"
                            + "(?=.{1,253}$)[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?"
                            + "(?:\\.[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?)+");

    private static final Set<String> GOOGLE = Set.of("gmail.com", "googlemail.com");

    private Contact() {}

    /** Lower-cased; empty for what cannot be an address. */
    static Optional<String> email(String text) {
        String email = text.strip().toLowerCase(Locale.ROOT);
        return EMAIL.matcher(email).matches() ? Optional.of(email) : Optional.empty();
    }

    /**
     * E.164, numbers without a country code taken as the shop's country's; empty for what cannot be
     * a number.
     *
     * @param country ISO 3166-1 alpha-2
     */
    static Optional<String> phone(String text, String country) {
        PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
        try {
            PhoneNumber number = phones.parse(text, country);
            return phones.isPossibleNumber(number)
                    ? Optional.of(phones.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /**
     * The same text for all spellings of an address that surely reach one mailbox: what follows a
     * plus is a label, and Google passes over dots.
     *
     * @param email as {@link #email} made it
     */
    static String mailbox(String email) {
        int at = email.lastIndexOf('@');
        String local = email.substring(0, at);
        String domain = email.substring(at + 1);
        int plus = local.indexOf('+');
        String name = plus > 0 ? local.substring(0, plus) : local;
        return GOOGLE.contains(domain) ? name.replace(".", "") + "@gmail.com" : name + "@" + domain;
    }

    /** {@code l***@e***.com}: enough to ask "is it you?", too little to take away. */
    static String maskedEmail(String email) {
        int at = email.indexOf('@');
        int dot = email.lastIndexOf('.');
        return email.charAt(0) + "***@" + email.charAt(at + 1) + "***" + email.substring(dot);
    }

    /** All but the last three digits hidden. */
    static String maskedPhone(String phone) {
        int shown = Math.min(3, phone.length());
        return "*".repeat(phone.length() - shown) + phone.substring(phone.length() - shown);
    }
}
