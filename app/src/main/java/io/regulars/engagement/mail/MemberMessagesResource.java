package io.regulars.engagement.mail;

import io.dropwizard.auth.Auth;
import io.regulars.engagement.mail.MessageResource.MessageView;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

@Path("/v1/members/{id}/messages")
@Tag(name = "Messages")
@Produces(MediaType.APPLICATION_JSON)
public final class MemberMessagesResource {

    private final TenantDb tenants;

    MemberMessagesResource(TenantDb tenants) {
        this.tenants = tenants;
    }

    @GET
    @AllowedTo(Audience.READERS)
    @Returns(value = MessageView.class, page = true)
    @Operation(summary = "The messages to one member, newest first")
    public Page<MessageView> list(
            @Auth Caller caller, @PathParam("id") String id, @Context PageRequest page) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    UUID member = MemberDirectory.requireInPath(tx, id).id().uuid();
                    return MessageResource.page(
                            tx, page, new MessageDao.Filter(member, null, null));
                });
    }
}
