package io.regulars.edge.join;

import io.regulars.edge.join.Doors.Door;
import io.regulars.edge.pages.ConsentWording;
import io.regulars.edge.pages.HtmlFaults;
import io.regulars.edge.pages.Language;
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

/**
 * One short form by which somebody becomes a member. Its answer is the same whoever fills it in:
 * what is to be done next comes by mail.
 */
@HtmlFaults
@Path("/j/{tenant}")
@Produces("text/html; charset=utf-8")
public final class JoinPage {

    private final Shopfront shopfront;
    private final Doors doors;
    private final JoinModel models;
    private final JoinProgram joinProgram;
    private final Lanes lanes;

    JoinPage(
            Shopfront shopfront,
            Doors doors,
            JoinModel models,
            JoinProgram joinProgram,
            Lanes lanes) {
        this.shopfront = shopfront;
        this.doors = doors;
        this.models = models;
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
        JoinForm asked = JoinForm.of(uri.getQueryParameters());
        return shopfront.show(
                tenant, asked, headers, door -> form(200, door, asked, headers, Map.of()));
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
        return shopfront.take(
                tenant,
                new Shopfront.Sent(form, headers, request),
                (status, door, why) -> form(status, door, form, headers, Map.of("form", why)),
                door -> joined(door, form, headers));
    }

    private Response joined(Door door, JoinForm form, HttpHeaders headers) {
        LocalDate today =
                doors.within(door, tx -> tx.now().atZone(door.shop().zone()).toLocalDate());
        Map<String, String> troubles = form.troubles(models.minimumAge(door), today);
        if (!troubles.isEmpty()) {
            return form(422, door, form, headers, troubles);
        }
        return form.isByMachine() ? done(door, form, headers) : apply(door, form, headers);
    }

    private Response apply(Door door, JoinForm form, HttpHeaders headers) {
        Language language = Shopfront.language(door, form, headers);
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
        Language language = Shopfront.language(door, form, headers);
        Map<String, Object> model = models.form(door, language, form, shopfront.token(door));
        model.put("troubles", troubles);
        return shopfront.page(status, door, language, "join", model);
    }

    private Response done(Door door, JoinForm form, HttpHeaders headers) {
        Language language = Shopfront.language(door, form, headers);
        Map<String, Object> model = models.shop(door, language);
        model.put("by_mail", form.ticked("email"));
        return shopfront.page(200, door, language, "join_done", model);
    }
}
