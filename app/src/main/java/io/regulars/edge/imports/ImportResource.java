package io.regulars.edge.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dropwizard.auth.Auth;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.LargeBody;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.http.Returns;
import io.regulars.platform.http.SpansTransactions;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

@Path("/v1/imports")
@Tag(name = "Imports")
@Produces(MediaType.APPLICATION_JSON)
public final class ImportResource {

    private static final String CSV = "text/csv";

    private final StoreImport storeImport;
    private final ShowImports showImports;
    private final InviteMembers inviteMembers;

    public ImportResource(
            StoreImport storeImport, ShowImports showImports, InviteMembers inviteMembers) {
        this.storeImport = storeImport;
        this.showImports = showImports;
        this.inviteMembers = inviteMembers;
    }

    /**
     * An import.
     *
     * @param rows dealt with so far, in rows of the file: imported + unchanged + failed
     * @param failed rows that were not taken
     * @param errorsUrl why rows were not taken; null where there is none
     * @param error why the file as a whole was not read to its end
     * @param dryRun whether nothing of it was written
     * @param summary what came of it, in a sentence
     */
    public record ImportView(
            ImportId id,
            ImportKind kind,
            String status,
            long rows,
            long imported,
            long unchanged,
            long failed,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String errorsUrl,
            Instant createdAt,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Instant startedAt,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Instant finishedAt,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String error,
            boolean dryRun,
            String summary) {

        static ImportView of(ImportJob job) {
            ImportJob.Counts counts = job.counts();
            return new ImportView(
                    job.id(),
                    job.kind(),
                    job.state().key(),
                    counts.rows(),
                    counts.imported(),
                    counts.unchanged(),
                    counts.failed(),
                    counts.failed() == 0 ? null : "/v1/imports/" + job.id() + "/errors",
                    job.createdAt(),
                    job.startedAt(),
                    job.finishedAt(),
                    job.error(),
                    job.options().dryRun(),
                    summary(job));
        }

        private static String summary(ImportJob job) {
            ImportJob.Counts counts = job.counts();
            return (job.options().dryRun() ? "Dry run, nothing is written: " : "")
                    + counts.rows()
                    + (counts.rows() == 1 ? " row read, " : " rows read, ")
                    + counts.imported()
                    + (job.options().dryRun() ? " would be taken, " : " taken, ")
                    + counts.unchanged()
                    + " there already, "
                    + counts.failed()
                    + " not right"
                    + (counts.failed() == 0 ? "." : "; see errors_url.");
        }
    }

    /**
     * Why a row was not taken.
     *
     * @param line of the file, from 1
     */
    public record ImportErrorView(long line, String code, String detail) {

        static ImportErrorView of(RowError error) {
            return new ImportErrorView(error.line(), error.code(), error.detail());
        }
    }

    @POST
    @Consumes(CSV)
    @AllowedTo(Audience.MARKETING)
    @SpansTransactions
    @LargeBody(StoreImport.LARGEST_FILE)
    @Returns(status = 202, value = ImportView.class)
    @Operation(
            summary = "Import members, purchases or opening balances from a CSV file",
            description =
                    """
                    UTF-8, plain or gzip; commas, semicolons or tabs, as the header shows. kind=purchases: source, order_id, \
                    member_external_id, purchased_at, amount (whole minor units), and for lines sku, category, quantity, \
                    line_amount; the rows of one order follow each other; refund_of (an order id) makes a row take that \
                    order back. kind=opening_balances: member_external_id, points, earned_at, expires_at, reason. kind=members: external_id, email, phone, name, \
                    birth_date, joined_at, locale, time_zone, marketing_email, consent_source, consent_at and attr:<name>; \
                    an empty cell leaves what is there. A date without a time is the start of that day in the shop's zone. \
                    The same file again changes nothing. create_members=false: rows of unknown members fail \
                    instead of enrolling them. format=square, smile or loyaltylion reads those systems' customer files: \
                    kind=members first, then the same file as opening_balances. dry_run=true says what would come of it and writes nothing.\
                    """)
    public Response create(
            @Auth Caller caller,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("format") @Nullable String format,
            @QueryParam("create_members") @Nullable String createMembers,
            @QueryParam("dry_run") @Nullable String dryRun,
            @Context HttpHeaders headers,
            InputStream body) {
        ImportKind parsed = kind(kind);
        ImportJob.Options options =
                new ImportJob.Options(
                        yesOrNo("create_members", createMembers, true),
                        format(format, parsed),
                        yesOrNo("dry_run", dryRun, false));
        checkCharset(headers);
        ImportId id = storeImport.store(caller.tenant(), parsed, options, body);
        return Response.accepted(ImportView.of(showImports.get(caller.tenant(), id.toString())))
                .build();
    }

    @GET
    @AllowedTo(Audience.READERS)
    @Returns(value = ImportView.class, page = true)
    @Operation(summary = "List imports, newest first")
    public Page<ImportView> list(@Auth Caller caller, @Context PageRequest page) {
        return showImports.list(caller.tenant(), page).map(ImportView::of);
    }

    @GET
    @Path("/{id}")
    @AllowedTo(Audience.READERS)
    @Returns(ImportView.class)
    @Operation(summary = "How far an import is")
    public ImportView get(@Auth Caller caller, @PathParam("id") String id) {
        return ImportView.of(showImports.get(caller.tenant(), id));
    }

    @POST
    @Path("/{id}/invitations")
    @Consumes(MediaType.WILDCARD)
    @AllowedTo(Audience.MARKETING)
    @Returns(InvitedView.class)
    @Operation(
            summary = "Invite the members of a file to their card",
            description =
                    "Each member whom this import enrolled, and who agreed to advertising with source and date, gets the link to the card by mail; once ever, however often this is called. Needs the sender's identity.")
    public InvitedView invite(@Auth Caller caller, @PathParam("id") String id) {
        ImportJob job = showImports.get(caller.tenant(), id);
        if (job.state() != ImportJob.State.COMPLETED || job.options().dryRun()) {
            throw Problem.of(
                    ProblemType.CONFLICT, "Only members of an import that is done can be invited.");
        }
        return new InvitedView(inviteMembers.invite(caller.tenant(), job));
    }

    /**
     * @param invited to how many a mail goes out by this call
     */
    record InvitedView(int invited) {}

    @GET
    @Path("/{id}/errors")
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @AllowedTo(Audience.READERS)
    @Returns(value = ImportErrorView.class, page = true)
    @Operation(
            summary = "Why rows were not taken",
            description =
                    "In the order of the file; with Accept: text/csv all of them at once. At most of 100,000 rows or so.")
    public Response errors(
            @Auth Caller caller,
            @PathParam("id") String id,
            @Context PageRequest page,
            @Context HttpHeaders headers) {
        if (wantsCsv(headers)) {
            ImportJob job = showImports.get(caller.tenant(), id);
            StreamingOutput file = out -> showImports.writeErrors(caller.tenant(), job, out);
            return Response.ok(file, CSV + ";charset=utf-8").build();
        }
        Page<ImportErrorView> errors =
                showImports.errors(caller.tenant(), id, page).map(ImportErrorView::of);
        return Response.ok(errors, MediaType.APPLICATION_JSON_TYPE).build();
    }

    private static ImportKind kind(@Nullable String kind) {
        if (kind == null) {
            throw Problem.invalid(
                    "?kind",
                    "required",
                    "kind is required: members, purchases or opening_balances.");
        }
        return ImportKind.parse(kind)
                .orElseThrow(() ->
                        Problem.invalid(
                                "?kind",
                                "not_supported",
                                "kind must be members, purchases or opening_balances."));
    }

    private static ImportFormat format(@Nullable String text, ImportKind kind) {
        ImportFormat format =
                text == null
                        ? ImportFormat.REGULARS
                        : ImportFormat.parse(text)
                                .orElseThrow(() ->
                                        Problem.invalid(
                                                "?format",
                                                "not_supported",
                                                "The format must be regulars, square, smile or loyaltylion."));
        if (format.isForeign() && kind == ImportKind.PURCHASES) {
            throw Problem.invalid(
                    "?format",
                    "not_supported",
                    "Purchases are read in the format regulars only; members and opening_balances in others too.");
        }
        return format;
    }

    private static boolean yesOrNo(String name, @Nullable String text, boolean usual) {
        if (text == null) {
            return usual;
        }
        if (!Set.of("true", "false").contains(text)) {
            throw Problem.invalid("?" + name, "not_yes_or_no", name + " must be true or false.");
        }
        return text.equals("true");
    }

    private static void checkCharset(HttpHeaders headers) {
        MediaType type = headers.getMediaType();
        String charset = type == null ? null : type.getParameters().get("charset");
        if (charset != null && !charset.equalsIgnoreCase(StandardCharsets.UTF_8.name())) {
            throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "The file must be text in UTF-8.");
        }
    }

    private static boolean wantsCsv(HttpHeaders headers) {
        return headers.getAcceptableMediaTypes().stream()
                .filter(type ->
                        type.isCompatible(MediaType.APPLICATION_JSON_TYPE)
                                || type.isCompatible(MediaType.valueOf(CSV)))
                .findFirst()
                .map(type -> !type.isCompatible(MediaType.APPLICATION_JSON_TYPE))
                .orElse(false);
    }
}
