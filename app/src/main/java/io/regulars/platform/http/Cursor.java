package io.regulars.platform.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page ends. Opaque outside: the form may change with any version. There a mark of its list
 * stands behind it, see {@link ListCursors}.
 *
 * @param position whatever the list sorts by, in the words of its SQL
 */
public record Cursor(String position) {

    /** Not a character of what stands before it. */
    static final String MARK_BEGINS = ".";

    /** Tells text of ours from any other that happens to be base64. */
    private static final String OURS = "c1:";

    private static final int MAX_LENGTH = 1_000;

    static Cursor parse(String text) {
        try {
            if (text.length() <= MAX_LENGTH) {
                int mark = text.indexOf(MARK_BEGINS);
                byte[] bytes =
                        Base64.getUrlDecoder().decode(mark < 0 ? text : text.substring(0, mark));
                String plain =
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(bytes))
                                .toString();
                if (plain.startsWith(OURS) && Texts.isStorable(plain)) {
                    return new Cursor(plain.substring(OURS.length()));
                }
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            // Refused below, like every other text that is not ours.
        }
        throw refused();
    }

    /** For a list that finds the position is not one of its own. */
    public static Problem refused() {
        return Problem.invalid(
                "?cursor", "invalid_cursor", "cursor must be a next_cursor of this list.");
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((OURS + position).getBytes(StandardCharsets.UTF_8));
    }
}
