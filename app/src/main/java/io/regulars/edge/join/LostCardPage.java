package io.regulars.edge.join;

import io.regulars.edge.join.Doors.Door;
import io.regulars.edge.pages.BrandStyle;
import io.regulars.edge.pages.FormGuard;
import io.regulars.edge.pages.HtmlFaults;
import io.regulars.edge.pages.Language;
import io.regulars.edge.pages.Pages;
import io.regulars.engagement.mail.CardMails;
import io.regulars.engagement.mail.Messages;
import io.regulars.loyalty.members.JoinProgram;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * For members who lost the link to their card: it comes by mail. The answer is the same for an
 * address that nobody has.
 */
@HtmlFaults
@Path("/j/{tenant}/card")
@Produces("text/html; charset=utf-8")
public final class LostCardPage {

    private final Pages pages;
    private final Doors doors;
    private final JoinModel models;
    private final FormGuard guard;
    private final Lanes lanes;

    LostCardPage(Pages pages, Doors doors, JoinModel models, FormGuard guard, Lanes lanes) {
        this.pages = pages;
        this.doors = doors;
        this.models = models;
        this.guard = guard;
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
                .map(door -> page(200, door, form, headers, "asked"))
                .orElseGet(() -> unknown(form, headers));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response send(
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
            return page(422, door, form, headers, "old");
        }
        long wait = guard.secondsToWait(door.shop().id(), request.getRemoteAddr());
        if (wait > 0) {
            Response busy = page(429, door, form, headers, "busy");
            return Response.fromResponse(busy).header(HttpHeaders.RETRY_AFTER, wait).build();
        }
        doors.within(
                door,
                tx -> {
                    find(tx, form.text("email")).forEach(member -> write(tx, member));
                    return true;
                });
        lanes.note(Messages.QUEUE, door.side());
        return page(200, door, form, headers, "sent");
    }

    private static List<Member> find(TenantTx tx, String email) {
        return MemberDirectory.search(tx, new MemberKey(MemberKey.By.EMAIL, email));
    }

    private static void write(TenantTx tx, Member member) {
        if (JoinProgram.isPending(tx, member.id())) {
            CardMails.askToConfirm(tx, member);
        } else {
            CardMails.sendLink(tx, member);
        }
    }

    private Response page(int status, Door door, JoinForm form, HttpHeaders headers, String state) {
        Language language = JoinPage.language(door, form, headers);
        Map<String, Object> model = models.shop(door, language);
        model.put("token", guard.token(door.shop().id()));
        model.put("state", state);
        return pages.branded(status, language, "lost_card", model, BrandStyle.of(door.program()));
    }

    private Response unknown(JoinForm form, HttpHeaders headers) {
        return pages.answer(
                404,
                Language.of(JoinPage.accepted(headers), form.textOrNull("lang")),
                "join_unknown",
                Map.of());
    }
}
