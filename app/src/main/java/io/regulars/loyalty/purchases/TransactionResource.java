package io.regulars.loyalty.purchases;

import io.dropwizard.auth.Auth;
import io.regulars.loyalty.ledger.LedgerHistory;
import io.regulars.loyalty.ledger.TransactionId;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.program.Why;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Positions;
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
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

@Path("/v1/members/{id}/transactions")
@Tag(name = "Members")
@Produces(MediaType.APPLICATION_JSON)
public final class TransactionResource {

    private final TenantDb tenants;
    private final Programs programs;

    public TransactionResource(TenantDb tenants, Programs programs) {
        this.tenants = tenants;
        this.programs = programs;
    }

    @GET
    @AllowedTo(Audience.LOOKUP)
    @Returns(value = TransactionView.class, page = true)
    @Operation(summary = "What happened to a member's points and why, newest first")
    public Page<TransactionView> list(
            @Auth Caller caller, @PathParam("id") String id, @Context PageRequest page) {
        return tenants.inTransaction(
                caller.tenant(),
                tx -> {
                    Member member = MemberDirectory.requireInPath(tx, id);
                    Locale language =
                            member.locale() == null
                                    ? tx.tenant().locale()
                                    : Locale.forLanguageTag(member.locale());
                    ProgramHistory history = programs.history(tx);
                    return page.page(
                            LedgerHistory.of(
                                    tx,
                                    member.id().uuid(),
                                    Positions.id(page.after()),
                                    page.fetch()),
                            entry -> entry.id().toString(),
                            entry -> view(entry, language, history));
                });
    }

    private static TransactionView view(
            LedgerHistory.Entry entry, Locale language, ProgramHistory history) {
        return new TransactionView(
                new TransactionId(entry.id()),
                entry.kind(),
                entry.points(),
                entry.balanceAfter(),
                entry.occurredAt(),
                entry.availableAt(),
                entry.expiresAt(),
                entry.rule(),
                entry.programVersion(),
                entry.purchaseId() == null ? null : new PurchaseId(entry.purchaseId()),
                Why.sentence(
                        language,
                        history.numbered(entry.programVersion()).program(),
                        entry.kind(),
                        entry.points(),
                        entry.rule(),
                        entry.inputs()));
    }

    /**
     * A row of the ledger.
     *
     * @param kind earn, redeem, return, reverse, expire, adjust, opening or merge
     * @param expiresAt when points that were given and are still there end, exclusive; where
     *     inactivity ends them it moves on with what the member does
     * @param why the reason, in the member's language
     */
    record TransactionView(
            TransactionId id,
            String kind,
            long points,
            long balanceAfter,
            Instant occurredAt,
            @Nullable Instant availableAt,
            @Nullable Instant expiresAt,
            @Nullable String rule,
            int programVersion,
            @Nullable PurchaseId purchase,
            String why) {}
}
