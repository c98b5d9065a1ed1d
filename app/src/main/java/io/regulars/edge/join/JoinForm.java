package io.regulars.edge.join;

import io.regulars.loyalty.members.BirthDate;
import io.regulars.tenancy.forms.Form;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The join form as it came: every field a text, empty where it was not filled in. */
record JoinForm(Map<String, String> fields) {

    private static final int LONGEST = 255;
    private static final Pattern CODE = Pattern.compile("[0-9A-Za-z -]{4,40}");
    private static final Pattern CAMPAIGN = Pattern.compile("[\\p{L}\\p{N} ._~:+-]{1,64}");

    static JoinForm of(MultivaluedMap<String, String> posted) {
        Map<String, String> fields = new HashMap<>();
        posted.forEach((key, values) -> {
            String value = values.isEmpty() ? "" : values.getFirst().strip();
            fields.put(key, value.length() > 1_000 ? value.substring(0, 1_000) : value);
        });
        return new JoinForm(fields);
    }

    String text(String field) {
        return fields.getOrDefault(field, "");
    }

    @Nullable String textOrNull(String field) {
        String text = text(field);
        return text.isEmpty() ? null : text;
    }

    boolean ticked(String field) {
        return !text(field).isEmpty();
    }

    /** A field that no person sees was filled in. */
    boolean isByMachine() {
        return ticked("website");
    }

    /** ISO, or {@code --02-28}; null where it was not given; something unreadable stays so. */
    @Nullable String birthDate() {
        String day = text("birth_day");
        String month = text("birth_month");
        String year = text("birth_year");
        if (day.isEmpty() && month.isEmpty() && year.isEmpty()) {
            return null;
        }
        String monthDay = two(month) + "-" + two(day);
        return year.isEmpty() ? "--" + monthDay : year + "-" + monthDay;
    }

    private static String two(String number) {
        return number.length() == 1 ? "0" + number : number;
    }

    /** What is wrong, by field; the texts are the template's. */
    Map<String, String> troubles(int minimumAge, LocalDate today) {
        Map<String, String> troubles = new LinkedHashMap<>();
        String name = text("name");
        if (name.isEmpty()) {
            troubles.put("name", "missing");
        } else if (name.length() > LONGEST || name.indexOf('\0') >= 0 || Form.hasAddress(name)) {
            troubles.put("name", "wrong");
        }
        if (text("email").isEmpty() && text("phone").isEmpty()) {
            troubles.put("email", "missing");
        } else if (ticked("consent") && text("email").isEmpty()) {
            troubles.put("email", "for_consent");
        }
        String birth = birthDate();
        Optional<BirthDate> date = birth == null ? Optional.empty() : BirthDate.parse(birth);
        if (birth != null && date.isEmpty()) {
            troubles.put("birth", "wrong");
        }
        if (!ticked("old_enough")
                || date.flatMap(d -> d.ageOn(today)).orElse(minimumAge) < minimumAge) {
            troubles.put("old_enough", "missing");
        }
        return troubles;
    }

    /** The code of the member who sent them. */
    @Nullable String referralCode() {
        String code = text("ref");
        return CODE.matcher(code).matches() ? code : null;
    }

    /** Where they came from, as attributes of the member. */
    Map<String, Object> origin() {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("joined_by", "join_page");
        for (String utm : JoinModel.CAMPAIGN_FIELDS) {
            String value = text(utm);
            if (CAMPAIGN.matcher(value).matches()) {
                origin.put(utm, value);
            }
        }
        return origin;
    }
}
