package io.regulars.edge.exports;

import io.dropwizard.auth.Auth;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.jspecify.annotations.Nullable;

@Path("/v1/exports")
@Tag(name = "Exports")
@Produces(MediaType.APPLICATION_JSON)
public final class ExportResource {

    private static final String CSV = "text/csv";

    private final Exports exports;

    public ExportResource(Exports exports) {
        this.exports = exports;
    }

    @POST
    @AllowedTo(Audience.MARKETING)
    @Returns(status = 202, value = ExportView.class)
    @Operation(
            summary = "Write a file of all members, transactions, vouchers or messages",
            description =
                    "CSV in UTF-8, safe to open in a spreadsheet; the oldest first. The file is kept for 7 days; when a member is erased, files of members, transactions and messages are dropped at once.")
    public Response create(@Auth Caller caller, @QueryParam("kind") @Nullable String kind) {
        if (kind == null || !ExportJob.KINDS.contains(kind)) {
            throw Problem.invalid(
                    "?kind",
                    "not_supported",
                    "kind must be members, transactions, vouchers or messages.");
        }
        return Response.accepted(ExportView.of(exports.all(caller.tenant(), kind))).build();
    }

    @GET
    @Path("/{id}")
    @AllowedTo(Audience.READERS)
    @Returns(ExportView.class)
    @Operation(summary = "How far an export is, and where its file is")
    public ExportView get(@Auth Caller caller, @PathParam("id") String id) {
        return ExportView.of(exports.get(caller.tenant(), id));
    }

    @GET
    @Path("/{id}/file")
    @Produces({CSV, MediaType.APPLICATION_JSON})
    @AllowedTo(Audience.READERS)
    @Returns(String.class)
    @Operation(
            summary = "The file",
            description = "410 when it is no longer kept: ask for a new one.")
    public Response file(@Auth Caller caller, @PathParam("id") String id) {
        ExportJob job = exports.completed(caller.tenant(), id);
        StreamingOutput file = out -> exports.write(caller.tenant(), job, out);
        return Response.ok(file, CSV + ";charset=utf-8")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + job.kind() + "-" + job.id() + ".csv\"")
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .build();
    }
}
