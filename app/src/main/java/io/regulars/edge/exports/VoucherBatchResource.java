package io.regulars.edge.exports;

import io.dropwizard.auth.Auth;
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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Path("/v1/vouchers/batch")
@Tag(name = "Rewards")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class VoucherBatchResource {

    private final Exports exports;

    public VoucherBatchResource(Exports exports) {
        this.exports = exports;
    }

    @POST
    @KeepsKey
    @AllowedTo(Audience.MARKETING)
    @Returns(status = 202, value = ExportView.class)
    @Operation(
            summary = "Make up to 100,000 codes that belong to nobody yet",
            description =
                    "Answers an export, whose file has the codes. In a pattern such as SUMMER-####-#### each # stands"
                            + " for a random character.")
    public Response batch(@Auth Caller caller, VoucherBatchRequest body) {
        Exports.CodesWanted wanted =
                new Exports.CodesWanted(
                        body.reward(), body.count(), body.pattern(), body.expiresAt());
        return Response.accepted(ExportView.of(exports.batch(caller.tenant(), wanted))).build();
    }

    /**
     * @param reward the key of one of the program's rewards
     * @param expiresAt exclusive; absent: as the reward says
     */
    record VoucherBatchRequest(
            String reward, int count, @Nullable String pattern, @Nullable Instant expiresAt) {}
}
