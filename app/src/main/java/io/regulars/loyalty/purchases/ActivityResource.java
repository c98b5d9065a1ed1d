package io.regulars.loyalty.purchases;

import io.dropwizard.auth.Auth;
import io.regulars.loyalty.ledger.Lot;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.loyalty.purchases.PurchaseViews.AwardView;
import io.regulars.loyalty.purchases.PurchaseViews.BuyerView;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Path("/v1/activities")
@Tag(name = "Purchases")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ActivityResource {

    private final RecordActivity activities;
    private final PurchaseViews views;

    ActivityResource(RecordActivity activities, PurchaseViews views) {
        this.activities = activities;
        this.views = views;
    }

    @POST
    @AllowedTo(Audience.TILL)
    @Returns(status = 201, also = 200, value = ActivityView.class)
    @Operation(
            summary = "Record what a member did besides buying",
            description =
                    "A review, a check-in, an installed app: rules with on: activity:<type> give points for it."
                            + " Known by type and key for ever: a repeat with the same content answers 200.")
    public Response record(@Auth Caller caller, ActivityRequest body) {
        return activities.record(
                caller.tenant(),
                body.member(),
                new NewActivity(
                        body.type(),
                        body.key(),
                        body.occurredAt(),
                        body.attributes() == null ? Map.of() : body.attributes()),
                (tx, recorded) ->
                        Response.status(recorded.isNew() ? 201 : 200)
                                .entity(view(tx, body, recorded))
                                .build());
    }

    private ActivityView view(TenantTx tx, ActivityRequest body, RecordActivity.Recorded recorded) {
        BuyerView member = views.member(tx, recorded.member());
        return new ActivityView(
                recorded.id(),
                body.type(),
                body.key(),
                recorded.occurredAt(),
                views.awards(tx, recorded.member(), recorded.awards()),
                recorded.awards().stream().mapToLong(Lot::points).sum(),
                member);
    }

    /**
     * An activity.
     *
     * @param type such as review, social_follow, newsletter_signup, check_in, app_install, survey
     * @param key the caller's; unique for the type
     * @param occurredAt absent: now
     */
    record ActivityRequest(
            MemberKey member,
            String type,
            String key,
            @Nullable Instant occurredAt,
            @Nullable Map<String, Object> attributes) {}

    /** An activity as recorded, and what it earned. */
    record ActivityView(
            ActivityId id,
            String type,
            String key,
            Instant occurredAt,
            List<AwardView> awards,
            long pointsEarned,
            BuyerView member) {}
}
