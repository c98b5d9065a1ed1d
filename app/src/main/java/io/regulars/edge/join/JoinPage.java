package io.regulars.edge.join;

import io.regulars.edge.join.Doors.Door;
import io.regulars.edge.pages.BrandStyle;
import io.regulars.edge.pages.ConsentWording;
import io.regulars.edge.pages.FormGuard;
import io.regulars.edge.pages.HtmlFaults;
import io.regulars.edge.pages.Language;
import io.regulars.edge.pages.Pages;
import io.regulars.engagement.mail.CardMails;
import io.regulars.engagement.mail.Messages;
import io.regulars.loyalty.members.JoinProgram;
import io.regulars.loyalty.members.JoinProgram.Application;
import io.regulars.loyalty.members.JoinProgram.Outcome;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Returns;
import io.regulars.platform.work.Lanes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One short form by which somebody becomes a member. Its answer is the same whoever fills it in:
 * what is to be done next comes by mail.
 */
@HtmlFaults
@Path("/j/{tenant}")
@Produces("text/html; charset=utf-8")
public final class JoinPage {

    private final Pages pages;
    private final Doors doors;
    private final JoinModel models;
    private final FormGuard guard;
    private final JoinProgram joinProgram;
    private final Lanes lanes;

    JoinPage(
            Pages pages,
            Doors doors,
            JoinModel models,
            FormGuard guard,
            JoinProgram joinProgram,
            Lanes lanes) {
        this.pages = pages;
        this.doors = doors;
        this.models = models;
        this.guard = guard;
        this.joinProgram = joinProgram;
        this.lanes = lanes;
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response show(
            @PathParam("tenant") String tenant,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        JoinForm form = JoinForm.of(uri.getQueryParameters());
        return doors.find(tenant)
                .map(door -> form(200, door, form, headers, Map.of()))
                .orElseGet(() -> unknown(form, headers));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response join(
            @PathParam("tenant") String tenant,
            @Context HttpHeaders headers,
            @Context HttpServletRequest request,
            MultivaluedMap<String, String> posted) {
        JoinForm form = JoinForm.of(posted);
        Optional<Door> found = doors.find(tenant);
        if (found.isEmpty()) {
            return unknown(form, headers);
        }
        Door door = found.get();
        if (!guard.isOurs(door.shop().id(), form.textOrNull("form"), headers)) {
            return form(422, door, form, headers, Map.of("form", "old"));
        }
        long wait = guard.secondsToWait(door.shop().id(), request.getRemoteAddr());
        if (wait > 0) {
            Response busy = form(429, door, form, headers, Map.of("form", "busy"));
            return Response.fromResponse(busy).header(HttpHeaders.RETRY_AFTER, wait).build();
        }
        LocalDate today =
                doors.within(door, tx -> tx.now().atZone(door.shop().zone()).toLocalDate());
        Map<String, String> troubles = form.troubles(models.minimumAge(door), today);
        if (!troubles.isEmpty()) {
            return form(422, door, form, headers, troubles);
        }
        return form.isByMachine() ? done(door, form, headers) : apply(door, form, headers);
    }

    private Response apply(Door door, JoinForm form, HttpHeaders headers) {
        Language language = language(door, form, headers);
        String shop = door.shop().businessName();
        Application application =
                new Application(
                        form.textOrNull("name"),
                        form.textOrNull("email"),
                        form.textOrNull("phone"),
                        form.birthDate(),
                        language.tag(),
                        form.ticked("consent") ? ConsentWording.of(language, shop) : null,
                        form.referralCode(),
                        form.origin());
        Outcome outcome =
                doors.within(
                        door,
                        tx -> {
                            Outcome applied = joinProgram.apply(tx, application);
                            switch (applied) {
                                case Outcome.ToConfirm(var member) ->
                                        CardMails.askToConfirm(tx, member);
                                case Outcome.Known(var member) -> CardMails.sendLink(tx, member);
                                case Outcome.Quiet _, Outcome.Refused _ -> {
                                    // There is nobody to write to.
                                }
                            }
                            return applied;
                        });
        lanes.note(Messages.QUEUE, door.side());
        return outcome instanceof Outcome.Refused(List<FieldError> errors)
                ? form(422, door, form, headers, troubles(errors))
                : done(door, form, headers);
    }

    private static Map<String, String> troubles(List<FieldError> errors) {
        Map<String, String> troubles = new HashMap<>();
        errors.forEach(error ->
                troubles.put(
                        error.pointer().startsWith("/birth")
                                ? "birth"
                                : error.pointer().substring(1),
                        "wrong"));
        return troubles;
    }

    private Response form(
            int status,
            Door door,
            JoinForm form,
            HttpHeaders headers,
            Map<String, String> troubles) {
        Language language = language(door, form, headers);
        Map<String, Object> model =
                models.form(door, language, form, guard.token(door.shop().id()));
        model.put("troubles", troubles);
        return pages.branded(status, language, "join", model, BrandStyle.of(door.program()));
    }

    private Response done(Door door, JoinForm form, HttpHeaders headers) {
        Language language = language(door, form, headers);
        Map<String, Object> model = models.shop(door, language);
        model.put("by_mail", form.ticked("email"));
        return pages.branded(200, language, "join_done", model, BrandStyle.of(door.program()));
    }

    private Response unknown(JoinForm form, HttpHeaders headers) {
        Language language = Language.of(accepted(headers), form.textOrNull("lang"));
        return pages.answer(404, language, "join_unknown", Map.of());
    }

    /** Who has not chosen reads what the browser asks for, and else the shop's own. */
    static Language language(Door door, JoinForm form, HttpHeaders headers) {
        String accepted = accepted(headers);
        String shops = door.shop().locale().toLanguageTag();
        return accepted == null || accepted.isBlank()
                ? Language.of(null, form.textOrNull("lang"), shops)
                : Language.of(accepted, form.textOrNull("lang"));
    }

    static @Nullable String accepted(HttpHeaders headers) {
        return headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE);
    }
}
