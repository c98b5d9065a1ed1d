package io.regulars.engagement.mail;

import com.fasterxml.jackson.databind.JsonNode;
import io.dropwizard.auth.Auth;
import io.regulars.engagement.mail.MessageResource.MessageView;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.platform.work.Lanes;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;

@Path("/v1/transactional-emails")
@Tag(name = "Messages")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TransactionalEmailResource {

    private static final Duration TIME = Duration.ofDays(1);

    private final TenantDb tenants;
    private final Lanes lanes;

    TransactionalEmailResource(TenantDb tenants, Lanes lanes) {
        this.tenants = tenants;
        this.lanes = lanes;
    }

    @POST
    @AllowedTo(Audience.MARKETING)
    @Returns(status = 202, value = MessageView.class)
    @Operation(
            summary = "Write to one member about something of theirs",
            description =
                    "template is notice; its data are {subject, paragraphs: [...], button?: {label, url}}. For what the member"
                            + " waits for, such as an order that is ready: it needs no consent and must not advertise. Leaves at once;"
                            + " send an Idempotency-Key so that a repeat writes once.")
    public Response send(@Auth Caller caller, TransactionalEmail body) {
        if (!body.template().equals(Notice.TEMPLATE)) {
            throw Problem.invalid(
                    "/template", "unknown_template", "Must be " + Notice.TEMPLATE + ".");
        }
        Notice.Read notice = Notice.read(body.data());
        if (!notice.errors().isEmpty()) {
            throw Problem.invalid(notice.errors());
        }
        return Response.accepted(
                        tenants.inTransaction(
                                caller.tenant(), tx -> plan(tx, body.member(), notice.model())))
                .build();
    }

    private MessageView plan(TenantTx tx, MemberKey key, Map<String, Object> notice) {
        Member member = MemberDirectory.require(tx, key, "/member");
        if (member.email() == null) {
            throw Problem.invalid("/member", "no_address", "The member has no e-mail address.");
        }
        MessageId id = MessageId.next();
        Messages.plan(
                tx,
                new Messages.Occasion(
                        Notice.TEMPLATE,
                        Messages.MessageClass.SERVICE,
                        Messages.Urgency.ANSWER,
                        null,
                        null,
                        tx.now(),
                        tx.now().plus(TIME)),
                List.of(new Messages.Plan(id, member.id(), id.toString(), null)));
        MessageDao dao = new MessageDao(tx);
        dao.setModel(id, Map.of(Notice.TEMPLATE, notice));
        tx.afterCommit(() -> lanes.note(Messages.QUEUE, tx.tenant()));
        return MessageView.of(dao.find(id).orElseThrow());
    }

    record TransactionalEmail(MemberKey member, String template, JsonNode data) {}
}
