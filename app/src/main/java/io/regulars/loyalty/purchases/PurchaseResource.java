package io.regulars.loyalty.purchases;

import io.dropwizard.auth.Auth;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.loyalty.purchases.PurchaseViews.PurchaseView;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Returns;
import io.regulars.platform.http.Times;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Path("/v1/purchases")
@Tag(name = "Purchases")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class PurchaseResource {

    private final BookPurchase purchases;

    public PurchaseResource(BookPurchase purchases) {
        this.purchases = purchases;
    }

    @POST
    @AllowedTo(Audience.TILL)
    @Returns(status = 201, also = 200, value = PurchaseView.class)
    @Operation(
            summary = "Record a purchase and give its points",
            description =
                    "Known by source and order_id for ever: a repeat with the same content answers 200 with the"
                            + " first result, other content 409 already_recorded.")
    public Response record(@Auth Caller caller, PurchaseRequest body) {
        BookPurchase.Booked booked = purchases.book(caller.tenant(), body);
        return Response.status(booked.isNew() ? Response.Status.CREATED : Response.Status.OK)
                .entity(booked.purchase())
                .build();
    }

    @GET
    @AllowedTo(Audience.LOOKUP)
    @Returns(value = PurchaseView.class, page = true)
    @Operation(
            summary =
                    "List purchases, newest first; with updated_since those changed since, latest change first")
    public Page<PurchaseView> list(
            @Auth Caller caller,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("updated_since") @Nullable String updatedSince) {
        return purchases.list(
                caller.tenant(),
                PageRequest.of(limit, cursor),
                Times.query("updated_since", updatedSince));
    }

    @GET
    @Path("/{id}")
    @AllowedTo(Audience.LOOKUP)
    @Returns(PurchaseView.class)
    @Operation(summary = "One purchase with its awards and the reasons for them")
    public PurchaseView get(@Auth Caller caller, @PathParam("id") String id) {
        return purchases.get(caller.tenant(), id);
    }

    /**
     * A purchase.
     *
     * @param source where it comes from, such as {@code till-1} or {@code webshop}
     * @param member absent for a receipt without a member
     * @param amount what was paid for goods after discounts, without shipping, in minor units
     * @param lines may be absent; they sum to at most the amount, the rest is an implicit line
     */
    record PurchaseRequest(
            String source,
            String orderId,
            @Nullable MemberKey member,
            @Nullable Instant purchasedAt,
            long amount,
            @Nullable List<LineRequest> lines,
            @Nullable String location) {

        NewPurchase purchase(@Nullable MemberId memberId) {
            List<NewPurchase.Line> numbered = new ArrayList<>();
            for (LineRequest line : lines == null ? List.<LineRequest>of() : lines) {
                String lineId =
                        line.lineId() == null
                                ? Integer.toString(numbered.size() + 1)
                                : line.lineId();
                numbered.add(
                        new NewPurchase.Line(
                                lineId,
                                line.sku(),
                                line.category(),
                                line.quantity() == null ? 1 : line.quantity(),
                                line.amount()));
            }
            return new NewPurchase(
                    source, orderId, memberId, purchasedAt, amount, numbered, location);
        }
    }

    /**
     * A line.
     *
     * @param lineId the caller's; absent: its number
     * @param quantity absent: 1
     * @param amount the line's total, in minor units
     */
    record LineRequest(
            @Nullable String lineId,
            @Nullable String sku,
            @Nullable String category,
            @Nullable Integer quantity,
            long amount) {}
}
