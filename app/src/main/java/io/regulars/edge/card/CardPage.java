package io.regulars.edge.card;

import io.regulars.edge.pages.BrandStyle;
import io.regulars.edge.pages.FormGuard;
import io.regulars.edge.pages.HtmlFaults;
import io.regulars.edge.pages.Language;
import io.regulars.edge.pages.Pages;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.OwnCard;
import io.regulars.loyalty.members.OwnCard.Correction;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.http.Returns;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The card that a member opens from a mail or from the home screen. */
@HtmlFaults
@Path("/c/{token}")
@Produces("text/html; charset=utf-8")
public final class CardPage {

    private final Pages pages;
    private final Cards cards;
    private final CardModel models;
    private final OwnCard ownCard;
    private final FormGuard guard;

    CardPage(Pages pages, Cards cards, CardModel models, OwnCard ownCard, FormGuard guard) {
        this.pages = pages;
        this.cards = cards;
        this.models = models;
        this.ownCard = ownCard;
        this.guard = guard;
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response show(
            @PathParam("token") String token,
            @QueryParam("lang") @Nullable String lang,
            @Context HttpHeaders headers) {
        return cards.find(token)
                .flatMap(door ->
                        cards.within(
                                door, (tx, member) -> card(tx, door, member, lang, headers, "")))
                .map(view -> page(200, view))
                .orElseGet(() -> unknown(headers));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response act(
            @PathParam("token") String token,
            @QueryParam("lang") @Nullable String lang,
            @Context HttpHeaders headers,
            MultivaluedMap<String, String> form) {
        Optional<Cards.Door> found = cards.find(token);
        if (found.isEmpty()) {
            return unknown(headers);
        }
        Cards.Door door = found.get();
        if (guard.secondsToWait(token) > 0) {
            return cards.within(door, (tx, member) -> card(tx, door, member, lang, headers, "busy"))
                    .map(view -> page(429, view))
                    .orElseGet(() -> unknown(headers));
        }
        return acted(door, lang, headers, form).orElseGet(() -> unknown(headers));
    }

    private Optional<Response> acted(
            Cards.Door door,
            @Nullable String lang,
            HttpHeaders headers,
            MultivaluedMap<String, String> form) {
        String action = Objects.requireNonNullElse(form.getFirst("action"), "");
        try {
            return switch (action) {
                case "correct" ->
                        cards.within(
                                        door,
                                        (tx, member) ->
                                                card(
                                                        tx,
                                                        door,
                                                        ownCard.correct(
                                                                tx, member, correction(form)),
                                                        lang,
                                                        headers,
                                                        "corrected"))
                                .map(view -> page(200, view));
                case "new_address" ->
                        cards.within(door, (tx, member) -> moved(tx, door, member, lang, headers))
                                .map(view -> page(200, view));
                case "leave" -> left(door, lang, headers, form.containsKey("sure"));
                default ->
                        cards.within(
                                        door,
                                        (tx, member) -> card(tx, door, member, lang, headers, ""))
                                .map(view -> page(422, view));
            };
        } catch (Problem problem) {
            if (problem.type() != ProblemType.VALIDATION_FAILED) {
                throw problem;
            }
            String trouble =
                    problem.errors().stream()
                            .map(FieldError::pointer)
                            .findFirst()
                            .map(pointer -> pointer.substring(1))
                            .orElse("wrong");
            return cards.within(
                            door,
                            (tx, member) ->
                                    card(tx, door, member, lang, headers, "wrong_" + trouble))
                    .map(view -> page(422, view));
        }
    }

    private Optional<Response> left(
            Cards.Door door, @Nullable String lang, HttpHeaders headers, boolean sure) {
        return cards.within(
                door,
                (tx, member) -> {
                    if (!sure) {
                        return page(422, card(tx, door, member, lang, headers, "not_sure"));
                    }
                    View before = card(tx, door, member, lang, headers, "");
                    ownCard.leave(tx, member);
                    return pages.branded(
                            200, before.language(), "card_left", before.model(), before.brand());
                });
    }

    private View moved(
            TenantTx tx,
            Cards.Door door,
            Member member,
            @Nullable String lang,
            HttpHeaders headers) {
        Member after = ownCard.newAddress(tx, member);
        View view = card(tx, door, after, lang, headers, "moved");
        view.model().put("new_url", cards.url(door, after).toString());
        return view;
    }

    /** A card that is ready to be shown. */
    private record View(Map<String, Object> model, Language language, BrandStyle brand) {}

    /**
     * @param state what has just happened; empty for nothing
     */
    private View card(
            TenantTx tx,
            Cards.Door door,
            Member member,
            @Nullable String lang,
            HttpHeaders headers,
            String state) {
        Language language =
                Language.of(
                        headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE),
                        lang,
                        member.locale(),
                        door.shop().locale().toLanguageTag());
        Map<String, Object> model = models.of(tx, door.shop(), member, language);
        model.put("state", state);
        model.put("path", cards.url(door, member).getPath());
        return new View(model, language, BrandStyle.of(cards.program(tx)));
    }

    private Response page(int status, View view) {
        return pages.branded(status, view.language(), "card", view.model(), view.brand());
    }

    private Response unknown(HttpHeaders headers) {
        return pages.answer(
                404,
                Language.asked(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE)),
                "card_unknown",
                Map.of());
    }

    private static Correction correction(MultivaluedMap<String, String> form) {
        String day = text(form, "birth_day");
        String month = text(form, "birth_month");
        String year = text(form, "birth_year");
        String birth = "";
        if (!day.isEmpty() || !month.isEmpty() || !year.isEmpty()) {
            birth = (year.isEmpty() ? "-" : year) + "-" + two(month) + "-" + two(day);
        }
        return new Correction(text(form, "name"), text(form, "phone"), birth, text(form, "locale"));
    }

    private static String two(String number) {
        return number.length() == 1 ? "0" + number : number;
    }

    private static String text(MultivaluedMap<String, String> form, String field) {
        return Objects.requireNonNullElse(form.getFirst(field), "").strip();
    }
}
