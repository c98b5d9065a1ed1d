package io.regulars.loyalty.purchases;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.dropwizard.auth.Auth;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.loyalty.purchases.PurchaseViews.PurchaseView;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.PartReader;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.platform.http.Times;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@Path("/v1/purchases")
@Tag(name = "Purchases")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class PurchaseResource {

    private static final int MOST_AT_ONCE = 500;

    private final BookPurchase booking;
    private final ClaimPurchase claims;
    private final ShowPurchases shown;

    PurchaseResource(BookPurchase booking, ClaimPurchase claims, ShowPurchases shown) {
        this.booking = booking;
        this.claims = claims;
        this.shown = shown;
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
        BookPurchase.Booked booked = booking.book(caller.tenant(), body);
        return Response.status(status(booked)).entity(booked.purchase()).build();
    }

    @POST
    @Path("/simulate")
    @AllowedTo(Audience.TILL)
    @Returns(PurchaseView.class)
    @Operation(
            summary = "Say what a purchase would earn, and write nothing",
            description = "The same body and the same answer as recording it.")
    public PurchaseView simulate(@Auth Caller caller, PurchaseRequest body) {
        return booking.simulate(caller.tenant(), body);
    }

    @POST
    @Path("/batch")
    @AllowedTo(Audience.TILL)
    @Returns(BatchView.class)
    @Operation(
            summary = "Record up to 500 purchases",
            description =
                    "Each as if sent alone, in their order: one that is refused does not keep the others out.")
    public BatchView batch(@Auth Caller caller, BatchRequest body) {
        if (body.purchases().isEmpty() || body.purchases().size() > MOST_AT_ONCE) {
            throw Problem.invalid(
                    "/purchases", "out_of_range", "Send 1 to " + MOST_AT_ONCE + " purchases.");
        }
        return new BatchView(
                booking.bookAll(caller.tenant(), body.purchases()).stream()
                        .map(ResultView::of)
                        .toList());
    }

    @POST
    @Path("/claim")
    @AllowedTo(Audience.TILL)
    @Returns(PurchaseView.class)
    @Operation(
            summary = "Give a receipt without a member to a member",
            description =
                    "It earns as it would have at its time. Claimed again by the same member, it answers as it is.")
    public PurchaseView claim(@Auth Caller caller, ClaimRequest body) {
        return claims.claim(caller.tenant(), body.claimCode(), body.member());
    }

    @GET
    @AllowedTo(Audience.LOOKUP)
    @Returns(value = PurchaseView.class, page = true)
    @Operation(
            summary =
                    "List purchases, newest first; with updated_since those changed since, latest change first",
            description =
                    "With member (an id, or ext:<external id>) those of one member. updated_at is what to ask with as"
                            + " updated_since the next time.")
    public Page<PurchaseView> list(
            @Auth Caller caller,
            @QueryParam("member") @Nullable String member,
            @Context PageRequest page,
            @QueryParam("updated_since") @Nullable String updatedSince) {
        return shown.list(
                caller.tenant(), page, member, Times.query("updated_since", updatedSince));
    }

    @GET
    @Path("/{id}")
    @AllowedTo(Audience.LOOKUP)
    @Returns(PurchaseView.class)
    @Operation(summary = "One purchase with its awards and the reasons for them")
    public PurchaseView get(@Auth Caller caller, @PathParam("id") String id) {
        return shown.get(caller.tenant(), id);
    }

    private static int status(BookPurchase.Booked booked) {
        return booked.isNew() ? 201 : 200;
    }

    /**
     * A purchase.
     *
     * @param source where it comes from, such as {@code till-1} or {@code webshop}
     * @param member absent for a receipt without a member
     * @param amount what was paid for goods after discounts, without shipping, in minor units
     * @param cost what the goods cost the shop, in minor units, for the reports; absent: the lines'
     *     costs, where every line has one
     * @param lines may be absent; they sum to at most the amount, the rest is an implicit line
     * @param voucherCodes used for it; one that does not hold refuses the purchase
     */
    record PurchaseRequest(
            String source,
            String orderId,
            @Nullable MemberKey member,
            @Nullable Instant purchasedAt,
            long amount,
            @Nullable Long cost,
            @Nullable List<LineRequest> lines,
            @Nullable String location,
            @Nullable List<String> voucherCodes) {

        NewPurchase purchase(@Nullable MemberId memberId) {
            List<NewPurchase.Line> numbered = new ArrayList<>();
            List<String> ids = lineIds();
            for (LineRequest line : lines == null ? List.<LineRequest>of() : lines) {
                numbered.add(
                        new NewPurchase.Line(
                                ids.get(numbered.size()),
                                line.sku(),
                                line.category(),
                                line.quantity() == null ? 1 : line.quantity(),
                                line.amount()));
            }
            return new NewPurchase(
                    source,
                    orderId,
                    memberId,
                    purchasedAt,
                    amount,
                    cost == null ? costOf(lines) : cost,
                    numbered,
                    location,
                    voucherCodes == null ? List.of() : voucherCodes);
        }

        /** Those that are given; the other lines get their number, or one behind the last. */
        private List<String> lineIds() {
            List<LineRequest> all = lines == null ? List.of() : lines;
            Set<String> given =
                    all.stream()
                            .flatMap(line -> Stream.ofNullable(line.lineId()))
                            .collect(Collectors.toSet());
            List<String> ids = new ArrayList<>();
            int behind = all.size();
            for (LineRequest line : all) {
                String id =
                        line.lineId() == null ? Integer.toString(ids.size() + 1) : line.lineId();
                while (line.lineId() == null && given.contains(id)) {
                    behind++;
                    id = Integer.toString(behind);
                }
                ids.add(id);
            }
            return ids;
        }

        private static @Nullable Long costOf(@Nullable List<LineRequest> lines) {
            return lines == null
                    ? null
                    : NewPurchase.costOf(
                            lines.stream().map(line -> Optional.ofNullable(line.cost())).toList());
        }
    }

    /**
     * A line.
     *
     * @param lineId the caller's; absent: its number, or where another line is called so, the next
     *     one behind the last
     * @param quantity absent: 1
     * @param amount the line's total, in minor units
     * @param cost what all of it cost the shop, in minor units
     */
    record LineRequest(
            @Nullable String lineId,
            @Nullable String sku,
            @Nullable String category,
            @Nullable Integer quantity,
            long amount,
            @Nullable Long cost) {}

    record BatchRequest(List<OneOfMany> purchases) {}

    /** One purchase of many; what cannot be read of it is refused alone. */
    @JsonDeserialize(using = OneOfMany.Reader.class)
    @Schema(implementation = PurchaseRequest.class)
    record OneOfMany(@Nullable PurchaseRequest purchase, @Nullable Problem refusal) {

        PurchaseRequest orThrow() {
            if (purchase == null) {
                throw Objects.requireNonNull(refusal);
            }
            return purchase;
        }

        static final class Reader extends PartReader<PurchaseRequest, OneOfMany> {

            Reader() {
                super(PurchaseRequest.class);
            }

            @Override
            protected OneOfMany read(PurchaseRequest part) {
                return new OneOfMany(part, null);
            }

            @Override
            protected OneOfMany refused(Problem why) {
                return new OneOfMany(null, why);
            }
        }
    }

    /** What became of each, in their order. */
    record BatchView(List<ResultView> results) {}

    /**
     * What became of one.
     *
     * @param status as if it had been sent alone
     * @param body the purchase, or the problem
     */
    record ResultView(int status, Object body) {

        static ResultView of(BookPurchase.Result result) {
            return switch (result) {
                case BookPurchase.Result.Done done ->
                        new ResultView(
                                PurchaseResource.status(done.booked()), done.booked().purchase());
                case BookPurchase.Result.Refused refused ->
                        new ResultView(
                                refused.problem().type().status(), refused.problem().asPart());
            };
        }
    }

    /**
     * A claim.
     *
     * @param claimCode as it stands on the receipt; dashes, spaces and case do not matter
     */
    record ClaimRequest(String claimCode, MemberKey member) {}
}
