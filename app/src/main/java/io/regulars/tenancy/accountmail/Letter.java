package io.regulars.tenancy.accountmail;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A kind of mail to people who run shops, and how it is filled in. */
public interface Letter {

    /** The template's name, which is also what rows of this kind say. */
    String template();

    /**
     * What to write, made at the time of sending.
     *
     * @param recipient the address it goes to
     * @param subject the id of what it is about
     * @return empty when there is nothing to write any more, or nobody to write to
     */
    Optional<Content> content(String recipient, @Nullable String subject);

    /** The reader's language and what the template asks for. */
    record Content(Locale locale, Map<String, ?> model) {
        @Override
        public String toString() {
            return "Content[" + locale + "]";
        }
    }
}
