package io.regulars.engagement.mail;

import io.dropwizard.auth.Auth;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Positions;
import io.regulars.platform.http.Positions.TimeAndId;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.platform.http.Times;
import io.regulars.platform.ids.TypeIds;
import io.regulars.platform.templates.Rendered;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Path("/v1/messages")
@Tag(name = "Messages")
@Produces(MediaType.APPLICATION_JSON)
public final class MessageResource {

    private static final Set<String> STATES =
            Set.of("planned", "sending", "retry", "sent", "failed", "skipped", "unknown");

    private final TenantDb tenants;
    private final Composer composer;

    MessageResource(TenantDb tenants, Composer composer) {
        this.tenants = tenants;
        this.composer = composer;
    }

    @GET
    @AllowedTo(Audience.READERS)
    @Returns(value = MessageView.class, page = true)
    @Operation(
            summary =
                    "List messages, newest first; with updated_since those changed since, latest change first",
            description =
                    "By member, campaign or state. States: planned, sending, retry, sent, failed, skipped (with the reason), and unknown: the"
                            + " connection was lost when the relay may have had the mail already.")
    public Page<MessageView> list(
            @Auth Caller caller,
            @QueryParam("member") @Nullable String member,
            @QueryParam("campaign") @Nullable String campaign,
            @QueryParam("state") @Nullable String state,
            @Context PageRequest page,
            @QueryParam("updated_since") @Nullable String updatedSince) {
        if (state != null && !STATES.contains(state)) {
            throw Problem.invalid(
                    "?state", "unknown_value", "Must be one of " + String.join(", ", STATES) + ".");
        }
        UUID of = campaign(campaign);
        Instant since = Times.query("updated_since", updatedSince);
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    MessageDao.Filter filter =
                            new MessageDao.Filter(MemberDirectory.inQuery(tx, member), of, state);
                    return since == null
                            ? page(tx, page, filter)
                            : changed(tx, page, filter, since);
                });
    }

    @GET
    @Path("/{id}")
    @AllowedTo(Audience.READERS)
    @Returns(MessageDetail.class)
    @Operation(
            summary = "One message, with the mail as it was sent",
            description =
                    "For callers who may not change members, links lead nowhere and codes are not valid: with them one could act for the member.")
    public MessageDetail get(@Auth Caller caller, @PathParam("id") String id) {
        MessageRow message =
                tenants.inTransaction(
                        caller.tenant(),
                        tx ->
                                MessageId.parse(id)
                                        .flatMap(new MessageDao(tx)::find)
                                        .orElseThrow(() -> Problem.notFound("message")));
        Content content = null;
        if (message.model() != null && message.locale() != null) {
            Rendered rendered =
                    composer.shown(
                            message.kind(),
                            message.locale(),
                            message.model(),
                            caller.may(Audience.MARKETING));
            content = new Content(rendered.subject(), rendered.html(), rendered.text());
        }
        return MessageDetail.of(MessageView.of(message), content);
    }

    static Page<MessageView> page(TenantTx tx, PageRequest page, MessageDao.Filter filter) {
        return page.page(
                new MessageDao(tx).page(filter, Positions.id(page.after()), page.fetch()),
                message -> message.id().uuid().toString(),
                MessageView::of);
    }

    private static Page<MessageView> changed(
            TenantTx tx, PageRequest page, MessageDao.Filter filter, Instant since) {
        TimeAndId after = Positions.timeAndId(page.after()).orElse(null);
        return page.page(
                new MessageDao(tx).changedPage(filter, since, after, page.fetch()),
                message -> new TimeAndId(message.updatedAt(), message.id().uuid()).toString(),
                MessageView::of);
    }

    /** One that is not of this type can have no messages, and says so. */
    private static @Nullable UUID campaign(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return TypeIds.parse("cmp", text)
                .orElseThrow(() ->
                        Problem.invalid(
                                "?campaign",
                                "invalid_id",
                                "Must be an id, such as cmp_01k4wzt2q5e0t9g5w4v8c3n7ya."));
    }

    record MessageView(
            MessageId id,
            @Nullable String campaign,
            MemberId member,
            String kind,
            String occurrence,
            String state,
            @Nullable String reason,
            @Nullable String to,
            @Nullable String subject,
            Instant dueAt,
            Instant notAfter,
            int attempts,
            Instant plannedAt,
            @Nullable Instant sentAt,
            @Schema(description = "What came back of it: hard, soft or complaint")
                    @Nullable String bounce,
            @Nullable Instant bouncedAt,
            @Schema(description = "Counted only for members who agreed to that")
                    @Nullable Instant clickedAt) {

        static MessageView of(MessageRow row) {
            return new MessageView(
                    row.id(),
                    row.campaignId() == null ? null : TypeIds.format("cmp", row.campaignId()),
                    row.memberId(),
                    row.kind(),
                    row.occurrence(),
                    row.state(),
                    row.reason(),
                    row.recipient(),
                    row.subject(),
                    row.dueAt(),
                    row.notAfter(),
                    row.attempts(),
                    row.plannedAt(),
                    row.sentAt(),
                    row.bounce(),
                    row.bouncedAt(),
                    row.clickedAt());
        }
    }

    /** The mail's parts. */
    record Content(String subject, String html, String text) {}

    /**
     * @param content null until the mail was written
     */
    record MessageDetail(
            MessageId id,
            @Nullable String campaign,
            MemberId member,
            String kind,
            String occurrence,
            String state,
            @Nullable String reason,
            @Nullable String to,
            @Nullable String subject,
            Instant dueAt,
            Instant notAfter,
            int attempts,
            Instant plannedAt,
            @Nullable Instant sentAt,
            @Nullable String bounce,
            @Nullable Instant bouncedAt,
            @Nullable Instant clickedAt,
            @Nullable Content content) {

        static MessageDetail of(MessageView view, @Nullable Content content) {
            return new MessageDetail(
                    view.id(),
                    view.campaign(),
                    view.member(),
                    view.kind(),
                    view.occurrence(),
                    view.state(),
                    view.reason(),
                    view.to(),
                    view.subject(),
                    view.dueAt(),
                    view.notAfter(),
                    view.attempts(),
                    view.plannedAt(),
                    view.sentAt(),
                    view.bounce(),
                    view.bouncedAt(),
                    view.clickedAt(),
                    content);
        }
    }
}
