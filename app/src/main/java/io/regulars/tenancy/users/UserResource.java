package io.regulars.tenancy.users;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dropwizard.auth.Auth;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.ETags;
import io.regulars.platform.http.IfMatch;
import io.regulars.platform.http.LiveOnly;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Positions;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.platform.http.SpansTransactions;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.Caller;
import io.regulars.tenancy.access.Role;
import io.regulars.tenancy.access.UserId;
import io.regulars.tenancy.forms.Form;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The people who work for the shop. They are the same for its live and its test side. */
@Tag(name = "Accounts")
@Path("/v1/users")
@Produces(MediaType.APPLICATION_JSON)
public final class UserResource {

    private final ControlDb control;
    private final Clock clock;
    private final EditTeam team;

    public UserResource(ControlDb control, Clock clock, EditTeam team) {
        this.control = control;
        this.clock = clock;
        this.team = team;
    }

    /** Somebody to be invited. */
    public record NewUser(@Nullable String email, @Nullable String role) {}

    public record UserChange(@Nullable String role) {}

    /**
     * Somebody who works for the shop or is invited to.
     *
     * @param id {@code usr_…}, or {@code inv_…} before the invitation is accepted
     * @param status active or invited
     */
    public record User(
            String id,
            String email,
            Role role,
            String status,
            Instant createdAt,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Instant lastSeenAt,
            @Nullable Instant expiresAt) {

        static User of(TeamDao.Colleague colleague) {
            return new User(
                    colleague.invited()
                            ? new InvitationId(colleague.id()).toString()
                            : new UserId(colleague.id()).toString(),
                    colleague.email(),
                    colleague.role(),
                    colleague.invited() ? "invited" : "active",
                    colleague.since(),
                    colleague.lastSeenAt(),
                    colleague.expiresAt());
        }
    }

    @GET
    @AllowedTo(Audience.ADMIN)
    @Returns(value = User.class, page = true)
    @Operation(summary = "The people who work for the shop, and those who are invited to")
    public Page<User> list(@Auth Caller caller, @Context PageRequest page) {
        return control.inTransaction(handle ->
                page.page(
                        new TeamDao(handle)
                                .page(
                                        caller.tenant().id(),
                                        Positions.id(page.after()),
                                        clock.now(),
                                        page.fetch()),
                        colleague -> colleague.id().toString(),
                        User::of));
    }

    @POST
    @SpansTransactions
    @AllowedTo(Audience.ADMIN)
    @LiveOnly
    @Returns(status = 201, value = User.class)
    @Operation(
            summary = "Invite somebody by mail",
            description =
                    "The link works for 7 days. Inviting an address again sends a new link and voids the old one.")
    public Response invite(@Auth Caller caller, NewUser body) {
        Form form = new Form();
        String email = form.email("/email", body.email());
        Optional<Role> role = role(form, body.role());
        form.check();
        User invited = User.of(team.invite(caller.tenant().id(), email, role.orElseThrow()));
        return Response.status(201).entity(invited).build();
    }

    @PATCH
    @Path("/{id}")
    @AllowedTo(Audience.ADMIN)
    @LiveOnly
    @Returns(User.class)
    @Operation(summary = "Give another role; it holds from the next request on")
    public Response change(
            @Auth Caller caller,
            @PathParam("id") String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            UserChange body) {
        Form form = new Form();
        Optional<Role> role = role(form, body.role());
        TenantId tenant = caller.tenant().id();
        IfMatch expected = IfMatch.of(ifMatch);
        Optional<InvitationId> invitation = InvitationId.parse(id);
        Optional<UserId> user = UserId.parse(id);
        if (invitation.isEmpty() && user.isEmpty()) {
            throw notFound();
        }
        form.check();
        TeamDao.Colleague changed =
                invitation.isPresent()
                        ? team.changeRole(tenant, invitation.get(), role.orElseThrow(), expected)
                        : team.changeRole(tenant, user.orElseThrow(), role.orElseThrow(), expected);
        return Response.ok(User.of(changed)).tag(ETags.of(changed.version())).build();
    }

    @DELETE
    @Path("/{id}")
    @AllowedTo(Audience.ADMIN)
    @LiveOnly
    @Returns(status = 204, value = Void.class)
    @Operation(summary = "Send somebody away, or withdraw an invitation")
    public void remove(@Auth Caller caller, @PathParam("id") String id) {
        TenantId tenant = caller.tenant().id();
        Optional<InvitationId> invitation = InvitationId.parse(id);
        if (invitation.isPresent()) {
            team.withdraw(tenant, invitation.get());
        } else {
            team.remove(tenant, UserId.parse(id).orElseThrow(UserResource::notFound));
        }
    }

    private static Optional<Role> role(Form form, @Nullable String text) {
        Optional<Role> role = Optional.ofNullable(text).flatMap(Role::parse);
        if (text == null) {
            form.refuse("/role", "required", "Must be there, and not empty.");
        } else if (role.isEmpty()) {
            form.refuse(
                    "/role", "unknown_role", "The roles are owner, marketer, cashier and viewer.");
        }
        return role;
    }

    private static Problem notFound() {
        return Problem.notFound("user");
    }
}
