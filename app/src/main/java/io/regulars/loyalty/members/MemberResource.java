package io.regulars.loyalty.members;

import io.dropwizard.auth.Auth;
import io.regulars.loyalty.members.MemberRequests.ConsentChange;
import io.regulars.loyalty.members.MemberRequests.Found;
import io.regulars.loyalty.members.MemberRequests.MemberPatch;
import io.regulars.loyalty.members.MemberRequests.Merge;
import io.regulars.loyalty.members.MemberRequests.NewMember;
import io.regulars.loyalty.members.MemberRequests.Search;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.ETags;
import io.regulars.platform.http.IfMatch;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Returns;
import io.regulars.platform.http.Times;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Path("/v1/members")
@Tag(name = "Members")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class MemberResource {

    private final ManageMembers members;
    private final ShowMembers show;

    public MemberResource(ManageMembers members, ShowMembers show) {
        this.members = members;
        this.show = show;
    }

    @POST
    @AllowedTo(Audience.MARKETING)
    @Returns(status = 201, value = MemberView.class)
    @Operation(
            summary = "Enrol a member",
            description =
                    "At least one of external_id, email, phone. A consent given here with a source counts at once.")
    public Response create(@Auth Caller caller, NewMember body) {
        MemberViews.Versioned member = members.create(caller, body);
        return Response.status(Response.Status.CREATED)
                .tag(ETags.of(member.version()))
                .entity(member.view())
                .build();
    }

    @POST
    @Path("/{id}/card-links")
    @Consumes(MediaType.WILDCARD)
    @AllowedTo(Audience.MARKETING)
    @Returns(MemberView.class)
    @Operation(
            summary = "Give a member's card another address",
            description =
                    "For a card whose address got into wrong hands: links that are out open nothing any more; the answer has the new card_url.")
    public MemberView newCardUrl(@Auth Caller caller, @PathParam("id") String id) {
        return members.newCardUrl(caller, id).view();
    }

    @GET
    @AllowedTo(Audience.LOOKUP)
    @Returns(value = MemberView.class, page = true)
    @Operation(
            summary =
                    "List members, newest first; with updated_since those changed since, latest change first",
            description =
                    "updated_since asks for changes of what is known of the person: name, contacts, birth date, language,"
                            + " zone, attributes, consents. Points and tiers change without it: GET /v1/events and webhooks"
                            + " tell of them, and GET /v1/members/{id}/transactions of each movement.")
    public Page<MemberView> list(
            @Auth Caller caller,
            @Context PageRequest page,
            @QueryParam("updated_since") @Nullable String updatedSince) {
        return show.list(caller, page, Times.query("updated_since", updatedSince));
    }

    @POST
    @Path("/search")
    @AllowedTo(Audience.LOOKUP)
    @Returns(Found.class)
    @Operation(
            summary =
                    "Find members by e-mail, phone (in any spelling), card number, external id or name",
            description = "By name at most 50: first who is called just so, then by the alphabet.")
    public Found search(@Auth Caller caller, Search body) {
        return new Found(show.search(caller, body));
    }

    @GET
    @Path("/{id}")
    @AllowedTo(Audience.LOOKUP)
    @Returns(MemberView.class)
    @Operation(summary = "One member, by id or as ext:<external id>")
    public Response get(@Auth Caller caller, @PathParam("id") String id) {
        return answer(show.get(caller, id));
    }

    @PUT
    @Path("/{id}")
    @AllowedTo(Audience.MARKETING)
    @Returns(status = 201, also = 200, value = MemberView.class)
    @Operation(
            summary = "Make or change the member with an external id: ext:<external id>",
            description =
                    "201 where the member is new. Of a member who is there, fields left out stay, and attributes are"
                            + " merged. A consent that is already known, or older than the last word, changes nothing.")
    public Response put(
            @Auth Caller caller,
            @PathParam("id") String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            NewMember body) {
        ManageMembers.Put done = members.put(caller, id, body, IfMatch.of(ifMatch));
        return Response.status(done.isNew() ? Response.Status.CREATED : Response.Status.OK)
                .tag(ETags.of(done.member().version()))
                .entity(done.member().view())
                .build();
    }

    @DELETE
    @Path("/{id}")
    @AllowedTo(Audience.ADMIN)
    @Returns(status = 204, value = Void.class)
    @Operation(
            summary = "Forget the person",
            description =
                    "Name, contact, birth date, attributes and the texts of mails go, with all that was merged into the"
                            + " member. Amounts and purchases stay under an id that tells nobody. Cannot be undone.")
    public void erase(@Auth Caller caller, @PathParam("id") String id) {
        members.erase(caller, id);
    }

    @GET
    @Path("/duplicates")
    @AllowedTo(Audience.READERS)
    @Returns(value = ShowMembers.DuplicateView.class, page = true)
    @Operation(
            summary = "Members who may be one person",
            description =
                    "Pairs with the same phone, the same mailbox, or the same name and birth date, newest first. In a large"
                            + " shop a page may be empty and still have a next_cursor.")
    public Page<ShowMembers.DuplicateView> duplicates(
            @Auth Caller caller, @Context PageRequest page) {
        return show.duplicates(caller, page);
    }

    @POST
    @Path("/{id}/merge")
    @AllowedTo(Audience.MARKETING)
    @Returns(MemberView.class)
    @Operation(
            summary = "Make one member of two",
            description =
                    "What from has moves to the member in the path, who keeps what is known of it and takes what is not."
                            + " Of two words on consent the stricter one counts.")
    public Response merge(@Auth Caller caller, @PathParam("id") String id, Merge body) {
        return answer(members.merge(caller, id, body.from()));
    }

    @POST
    @Path("/{id}/unmerge")
    @AllowedTo(Audience.MARKETING)
    @Returns(ManageMembers.Parted.class)
    @Operation(
            summary = "Undo a merge",
            description = "All goes back that is still there; not_restored says what is not.")
    public ManageMembers.Parted unmerge(
            @Auth Caller caller, @PathParam("id") String id, Merge body) {
        return members.unmerge(caller, id, body.from());
    }

    @GET
    @Path("/{id}/export")
    @AllowedTo(Audience.READERS)
    @Returns(ExportMember.MemberExport.class)
    @Operation(summary = "All that is known of a member, to hand it over")
    public ExportMember.MemberExport export(@Auth Caller caller, @PathParam("id") String id) {
        return show.export(caller, id);
    }

    @PATCH
    @Path("/{id}")
    @AllowedTo(Audience.MARKETING)
    @Returns(MemberView.class)
    @Operation(
            summary = "Change a member's profile",
            description = "Fields left out stay; an empty text clears one. Attributes are merged.")
    public Response patch(
            @Auth Caller caller,
            @PathParam("id") String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            MemberPatch body) {
        return answer(members.patch(caller, id, body, IfMatch.of(ifMatch)));
    }

    @GET
    @Path("/{id}/consents")
    @AllowedTo(Audience.READERS)
    @Returns(value = ConsentView.class, page = true)
    @Operation(summary = "What the member said on marketing, tracking and profiling, newest first")
    public Page<ConsentView> consents(
            @Auth Caller caller, @PathParam("id") String id, @Context PageRequest page) {
        return page.cut(show.consents(caller, id), event -> event.id().toString(), ConsentView::of);
    }

    @PUT
    @Path("/{id}/consents/{purpose}")
    @AllowedTo(Audience.MARKETING)
    @Returns(MemberView.class)
    @Operation(summary = "Record the member's word on one purpose; the history is kept")
    public Response consent(
            @Auth Caller caller,
            @PathParam("id") String id,
            @PathParam("purpose") String purpose,
            ConsentChange body) {
        return answer(members.consent(caller, id, purpose, body));
    }

    private static Response answer(MemberViews.Versioned member) {
        return Response.ok(member.view()).tag(ETags.of(member.version())).build();
    }

    record ConsentView(
            String purpose,
            boolean granted,
            String source,
            @Nullable String wording,
            Instant at,
            Instant recordedAt,
            String recordedBy) {

        static ConsentView of(ConsentEvent event) {
            return new ConsentView(
                    event.purpose(),
                    event.granted(),
                    event.source(),
                    event.wording(),
                    event.occurredAt(),
                    event.recordedAt(),
                    event.recordedBy());
        }
    }
}
