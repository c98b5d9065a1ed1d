package io.regulars.edge.join;

import io.regulars.edge.join.Doors.Door;
import io.regulars.edge.pages.BrandStyle;
import io.regulars.edge.pages.FormGuard;
import io.regulars.edge.pages.Language;
import io.regulars.edge.pages.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the pages of this room have in common: whose they are, their language, and who is let in.
 */
final class Shopfront {

    private final Pages pages;
    private final Doors doors;
    private final FormGuard guard;

    Shopfront(Pages pages, Doors doors, FormGuard guard) {
        this.pages = pages;
        this.doors = doors;
        this.guard = guard;
    }

    /** A form as it was sent. */
    record Sent(JoinForm form, HttpHeaders headers, HttpServletRequest request) {}

    /** Shows a form again that is not taken. */
    interface Refusal {

        /**
         * @param why {@code old} or {@code busy}
         */
        Response page(int status, Door door, String why);
    }

    /** A page of the shop, or the one that says that there is none. */
    Response show(
            String tenant, JoinForm asked, HttpHeaders headers, Function<Door, Response> page) {
        return doors.find(tenant).map(page).orElseGet(() -> unknown(asked, headers));
    }

    /** Takes a form that comes from a page of ours, and not too often. */
    Response take(String tenant, Sent sent, Refusal refusal, Function<Door, Response> accepted) {
        Optional<Door> found = doors.find(tenant);
        if (found.isEmpty()) {
            return unknown(sent.form(), sent.headers());
        }
        Door door = found.get();
        if (!guard.isOurs(door.shop().id(), sent.form().textOrNull("form"), sent.headers())) {
            return refusal.page(422, door, "old");
        }
        long wait = guard.secondsToWait(door.shop().id(), sent.request());
        return wait == 0
                ? accepted.apply(door)
                : Response.fromResponse(refusal.page(429, door, "busy"))
                        .header(HttpHeaders.RETRY_AFTER, wait)
                        .build();
    }

    /** What a form of this shop carries in a hidden field. */
    String token(Door door) {
        return guard.token(door.shop().id());
    }

    Response page(int status, Door door, Language language, String template, Map<String, ?> model) {
        return pages.branded(status, language, template, model, BrandStyle.of(door.program()));
    }

    private Response unknown(JoinForm asked, HttpHeaders headers) {
        Language language = Language.of(accepted(headers), asked.textOrNull("lang"));
        return pages.answer(404, language, "join_unknown", Map.of());
    }

    /** Who has not chosen reads what the browser asks for, and else the shop's own. */
    static Language language(Door door, JoinForm asked, HttpHeaders headers) {
        String accepted = accepted(headers);
        String shops = door.shop().locale().toLanguageTag();
        return accepted == null || accepted.isBlank()
                ? Language.of(null, asked.textOrNull("lang"), shops)
                : Language.of(accepted, asked.textOrNull("lang"));
    }

    private static @Nullable String accepted(HttpHeaders headers) {
        return headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE);
    }
}
