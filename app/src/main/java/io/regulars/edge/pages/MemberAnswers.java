package io.regulars.edge.pages;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Links of the form {@code /v/…} that are a member's and not a shop owner's. */
public interface MemberAnswers {

    /** Where there are none. */
    MemberAnswers NONE =
            new MemberAnswers() {
                @Override
                public Optional<Response> show(String token, @Nullable String acceptLanguage) {
                    return Optional.empty();
                }

                @Override
                public Optional<Response> act(String token, @Nullable String acceptLanguage) {
                    return Optional.empty();
                }
            };

    /** The page with the button; empty for a token of another kind. Changes nothing. */
    Optional<Response> show(String token, @Nullable String acceptLanguage);

    /** What the button does; empty for a token of another kind. */
    Optional<Response> act(String token, @Nullable String acceptLanguage);
}
