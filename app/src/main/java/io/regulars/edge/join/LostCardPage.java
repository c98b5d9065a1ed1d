package io.regulars.edge.join;

import io.regulars.edge.join.Doors.Door;
import io.regulars.edge.pages.HtmlFaults;
import io.regulars.edge.pages.Language;
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

/**
 * For members who lost the link to their card: it comes by mail. The answer is the same for an
 * address that nobody has.
 */
@HtmlFaults
@Path("/j/{tenant}/card")
@Produces("text/html; charset=utf-8")
public final class LostCardPage {

    private final Shopfront shopfront;
    private final Doors doors;
    private final JoinModel models;
    private final Lanes lanes;

    LostCardPage(Shopfront shopfront, Doors doors, JoinModel models, Lanes lanes) {
        this.shopfront = shopfront;
        this.doors = doors;
        this.models = models;
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
                tenant, asked, headers, door -> page(200, door, asked, headers, "asked"));
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
        return shopfront.take(
                tenant,
                new Shopfront.Sent(form, headers, request),
                (status, door, why) -> page(status, door, form, headers, why),
                door -> sent(door, form, headers));
    }

    private Response sent(Door door, JoinForm form, HttpHeaders headers) {
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
        Language language = Shopfront.language(door, form, headers);
        Map<String, Object> model = models.shop(door, language);
        model.put("token", shopfront.token(door));
        model.put("state", state);
        return shopfront.page(status, door, language, "lost_card", model);
    }
}
