package io.regulars.loyalty.publishing;

import io.regulars.loyalty.program.LocalText;
import io.regulars.platform.http.FieldError;
import java.time.ZoneId;
import java.time.zone.ZoneRulesException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a program, each finding with its place, and the checks that all nouns share.
 */
final class Findings {

    /** The largest whole number that every reader of JSON holds exactly. */
    static final long LARGEST = 1L << 53;

    static final int LONGEST_NAME = 200;
    static final int LONGEST_TEXT = 2_000;
    static final int LONGEST_TERMS = 50_000;

    private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final int MOST_PARTS = 200;

    private final List<FieldError> errors = new ArrayList<>();

    List<FieldError> all() {
        return List.copyOf(errors);
    }

    void error(String pointer, String code, String detail) {
        errors.add(new FieldError(pointer, code, detail));
    }

    static boolean isKey(String key) {
        return KEY.matcher(key).matches();
    }

    void key(String at, String key, Set<String> seen) {
        if (!isKey(key)) {
            error(at, "invalid_key", "A key is made of a-z, 0-9, _ and -, at most 64 characters.");
        } else if (!seen.add(key)) {
            error(at, "duplicate_key", "Another part has the key " + key + " already.");
        }
    }

    void name(String at, @Nullable LocalText text) {
        text(at, text, LONGEST_NAME);
    }

    void text(String at, @Nullable LocalText text, int longest) {
        if (text != null && (text.isBlank() || text.longest() > longest)) {
            error(at, "invalid_text", "A text here has 1 to " + longest + " characters.");
        }
    }

    void text(String at, @Nullable String text, int longest) {
        text(at, text == null ? null : LocalText.of(text), longest);
    }

    /** Words that mean what the shop says they mean, such as categories. */
    void words(String at, List<String> words) {
        most(at, words.size());
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < words.size(); i++) {
            text(at + "/" + i, words.get(i), LONGEST_NAME);
            if (!seen.add(words.get(i))) {
                error(at + "/" + i, "duplicate", "This is there twice.");
            }
        }
    }

    /** Keys that must exist elsewhere in the document. */
    void references(String at, List<String> keys, Set<String> known, String what) {
        most(at, keys.size());
        for (int i = 0; i < keys.size(); i++) {
            reference(at + "/" + i, keys.get(i), known, what);
        }
    }

    void reference(String at, @Nullable String key, Set<String> known, String what) {
        if (key != null && !known.contains(key)) {
            error(at, "unknown_" + what, "There is no " + what + " with this key in the program.");
        }
    }

    void zone(String at, @Nullable String zone) {
        if (zone != null && !isZone(zone)) {
            error(at, "invalid_zone", "A time zone looks like Asia/Ho_Chi_Minh.");
        }
    }

    private static boolean isZone(String zone) {
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            return false;
        }
        try {
            return ZoneId.of(zone).getRules() != null;
        } catch (ZoneRulesException e) {
            return false;
        }
    }

    void needed(String at, @Nullable Number value, long least, long most, String why) {
        if (value == null) {
            error(at, "required", why);
        } else {
            range(at, value, least, most);
        }
    }

    void unwanted(String at, boolean there, String why) {
        if (there) {
            error(at, "not_allowed", why);
        }
    }

    /** Absent is fine. */
    void range(String at, @Nullable Number value, long least, long most) {
        if (value != null && (value.longValue() < least || value.longValue() > most)) {
            error(at, "out_of_range", "Must be " + least + " to " + most + ".");
        }
    }

    /** Money or points, where nothing at all makes sense too. */
    void amount(String at, @Nullable Long value) {
        range(at, value, 0, LARGEST);
    }

    void most(String at, int size) {
        if (size > MOST_PARTS) {
            error(at, "too_many", "At most " + MOST_PARTS + ".");
        }
    }
}
