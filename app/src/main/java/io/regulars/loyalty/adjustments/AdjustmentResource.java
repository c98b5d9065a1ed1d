package io.regulars.loyalty.adjustments;

import io.dropwizard.auth.Auth;
import io.regulars.loyalty.ledger.PointsView;
import io.regulars.loyalty.ledger.TransactionId;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Returns;
import io.regulars.platform.retries.KeepsKey;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Path("/v1/members/{id}/adjustments")
@Tag(name = "Members")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class AdjustmentResource {

    private final AdjustPoints adjustPoints;

    public AdjustmentResource(AdjustPoints adjustPoints) {
        this.adjustPoints = adjustPoints;
    }

    /**
     * Points given or taken by hand.
     *
     * @param points negative to take
     * @param reason kept with the transaction for ever; no place for what tells who somebody is
     * @param allowNegative whether the member may owe what is missing
     */
    record NewAdjustment(long points, String reason, @Nullable Boolean allowNegative) {}

    /** The transaction, and what the member has by it. */
    record AdjustmentView(
            TransactionId id,
            String kind,
            long points,
            long balanceAfter,
            String reason,
            Instant occurredAt,
            int programVersion,
            Holder member) {}

    /** Whose points they are. */
    record Holder(MemberId id, PointsView points) {}

    @POST
    @KeepsKey
    @AllowedTo(Audience.MARKETING)
    @Returns(status = 201, value = AdjustmentView.class)
    @Operation(
            summary = "Give or take points by hand",
            description =
                    "Negative points take. With more than there is: 422 not_enough_points, or with allow_negative a debt"
                            + " that the next points repay.")
    public Response adjust(@Auth Caller caller, @PathParam("id") String id, NewAdjustment body) {
        AdjustPoints.Adjusted done =
                adjustPoints.adjust(
                        caller,
                        id,
                        body.points(),
                        body.reason(),
                        Boolean.TRUE.equals(body.allowNegative()));
        return Response.status(Response.Status.CREATED)
                .entity(
                        new AdjustmentView(
                                new TransactionId(done.entry().id()),
                                done.entry().kind(),
                                done.entry().points(),
                                done.entry().balanceAfter(),
                                body.reason(),
                                done.entry().occurredAt(),
                                done.entry().programVersion(),
                                new Holder(done.member().id(), done.points())))
                .build();
    }
}
