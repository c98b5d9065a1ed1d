package io.regulars.loyalty.members;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** In which countries' law a member may be at home, as far as the profile tells. */
public final class Whereabouts {

    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    private Whereabouts() {}

    /**
     * The shop's country, and those that the member's phone and language speak of.
     *
     * @param shops ISO 3166-1 alpha-2
     */
    public static Set<String> countries(Member member, String shops) {
        Set<String> countries = new HashSet<>(Set.of(shops));
        Optional.ofNullable(member.phone()).flatMap(Whereabouts::ofPhone).ifPresent(countries::add);
        Optional.ofNullable(member.locale())
                .map(tag -> Locale.forLanguageTag(tag).getCountry())
                .filter(country -> COUNTRY.matcher(country).matches())
                .ifPresent(countries::add);
        return Set.copyOf(countries);
    }

    private static Optional<String> ofPhone(String e164) {
        PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
        try {
            return Optional.ofNullable(phones.getRegionCodeForNumber(phones.parse(e164, null)))
                    .filter(country -> COUNTRY.matcher(country).matches());
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }
}
