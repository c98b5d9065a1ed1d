package io.regulars.edge.pages;

import io.regulars.engagement.mail.ConfirmConsent;
import io.regulars.engagement.mail.ConfirmConsent.Shown;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the link of a mail leads that asks whether a member meant it. The button, and not the link,
 * says yes.
 */
final class ConfirmPage implements MemberAnswers {

    private final Pages pages;
    private final ConfirmConsent confirmConsent;

    ConfirmPage(Pages pages, ConfirmConsent confirmConsent) {
        this.pages = pages;
        this.confirmConsent = confirmConsent;
    }

    @Override
    public Optional<Response> show(String token, @Nullable String acceptLanguage) {
        return confirmConsent.look(token).map(shown -> answer(shown, acceptLanguage));
    }

    @Override
    public Optional<Response> act(String token, @Nullable String acceptLanguage) {
        return confirmConsent.confirm(token).map(shown -> answer(shown, acceptLanguage));
    }

    private Response answer(Shown shown, @Nullable String acceptLanguage) {
        Language language = Language.of(acceptLanguage, shown.locale());
        Map<String, Object> model =
                Map.of(
                        "shop", shown.shop().businessName(),
                        "state", state(shown),
                        "wording", shown.wording());
        int status = shown.state() == ConfirmConsent.State.VOID ? 410 : 200;
        return pages.answer(status, language, "consent", model);
    }

    private static String state(Shown shown) {
        return switch (shown.state()) {
            case OPEN -> "open";
            case GIVEN -> "given";
            case VOID -> "void";
        };
    }
}
