package io.regulars.loyalty.members;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is compared of a name when somebody looks for it: no capitals, no marks, only letters that
 * every keyboard of the script has. The beginning of a name has the beginning of its key. Pure.
 *
 * <p>Keys are kept beside names: whoever changes what they are, changes those that are there.
 */
final class NameKey {

    /** So that whatever a name unfolds into fits an index. */
    private static final int LONGEST = 255;

    /** Marks of these are left out as often as they are written; those of Thai or Hindi never. */
    private static final Set<UnicodeScript> OPTIONAL_MARKS =
            Set.of(UnicodeScript.INHERITED, UnicodeScript.ARABIC, UnicodeScript.HEBREW);

    private static final int TATWEEL = 0x640;
    private static final int VOICED = 0x3099;
    private static final int HALF_VOICED = 0x309a;

    /** Would come apart into a space and a mark. */
    private static final char ACUTE_ACCENT = 0xb4;

    private static final Map<Integer, String> PLAIN = plain();

    private NameKey() {}

    /** Null for nobody in particular: no name, or one without a letter. */
    static @Nullable String of(Member member) {
        String name = member.name();
        return name == null ? null : of(name).orElse(null);
    }

    /** Empty where nothing is left to look for. */
    static Optional<String> of(String name) {
        StringBuilder key = new StringBuilder();
        boolean space = false;
        String apart = Normalizer.normalize(name.replace(ACUTE_ACCENT, '\''), Normalizer.Form.NFKD);
        for (int c : apart.codePoints().toArray()) {
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                space = !key.isEmpty();
            } else if (!isLeftOut(c)) {
                int small = Character.toLowerCase(Character.toUpperCase(c));
                String letters =
                        (space ? " " : "") + PLAIN.getOrDefault(small, Character.toString(small));
                if (key.length() + letters.length() > LONGEST) {
                    break;
                }
                key.append(letters);
                space = false;
            }
        }
        return key.isEmpty() ? Optional.empty() : Optional.of(key.toString());
    }

    private static boolean isLeftOut(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT -> true;
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK ->
                    c != VOICED && c != HALF_VOICED && OPTIONAL_MARKS.contains(UnicodeScript.of(c));
            default -> c == TATWEEL;
        };
    }

    private static Map<Integer, String> plain() {
        Map<Integer, String> plain = new HashMap<>();
        Map.ofEntries(
                        Map.entry("đðɖ", "d"),
                        Map.entry("ħ", "h"),
                        Map.entry("ł", "l"),
                        Map.entry("ŋ", "n"),
                        Map.entry("ø", "o"),
                        Map.entry("ŧ", "t"),
                        Map.entry("ƶ", "z"),
                        Map.entry("æ", "ae"),
                        Map.entry("œ", "oe"),
                        Map.entry("ß", "ss"),
                        Map.entry("þ", "th"),
                        Map.entry("`‘’‛′ʹʻʼ", "'"),
                        Map.entry("‐‒–—―−", "-"))
                .forEach(
                        (written, typed) -> written.codePoints().forEach(c -> plain.put(c, typed)));
        return Map.copyOf(plain);
    }
}
