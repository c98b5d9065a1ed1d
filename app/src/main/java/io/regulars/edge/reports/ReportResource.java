package io.regulars.edge.reports;

import io.dropwizard.auth.Auth;
import io.regulars.edge.imports.SafeCsv;
import io.regulars.edge.reports.Report.ReportView;
import io.regulars.edge.reports.Reports.Kind;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

@Path("/v1/reports")
@Tag(name = "Reports")
@Produces({MediaType.APPLICATION_JSON, ReportResource.CSV, ReportResource.SVG})
public final class ReportResource {

    static final String CSV = "text/csv";
    static final String SVG = "image/svg+xml";
    private static final String DESCRIPTION =
            "Of the shop's days from to to, both included; the last twelve months where they are absent. format is json, csv or svg.";

    private final Reports reports;

    ReportResource(Reports reports) {
        this.reports = reports;
    }

    @GET
    @Path("/overview")
    @AllowedTo(Audience.READERS)
    @Returns(ReportView.class)
    @Operation(
            summary = "How the program does",
            description =
                    DESCRIPTION
                            + " Where purchases say what they cost, or with margin_percent for those that do not, also what members leave after goods and rewards, and how many cost more than they bring.")
    public Response overview(
            @Auth Caller caller,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("format") @Nullable String format,
            @QueryParam("margin_percent") @Nullable String margin) {
        return answer(caller, new Asked(Kind.OVERVIEW, from, to, format, margin));
    }

    @GET
    @Path("/liability")
    @AllowedTo(Audience.READERS)
    @Returns(ReportView.class)
    @Operation(
            summary = "What outstanding points will cost",
            description =
                    DESCRIPTION + " As csv the journal for the books, at the end of each month.")
    public Response liability(
            @Auth Caller caller,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("format") @Nullable String format) {
        return answer(caller, new Asked(Kind.LIABILITY, from, to, format, null));
    }

    @GET
    @Path("/retention")
    @AllowedTo(Audience.READERS)
    @Returns(ReportView.class)
    @Operation(summary = "Who came back, by month of the first purchase", description = DESCRIPTION)
    public Response retention(
            @Auth Caller caller,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("format") @Nullable String format) {
        return answer(caller, new Asked(Kind.RETENTION, from, to, format, null));
    }

    @GET
    @Path("/frequency")
    @AllowedTo(Audience.READERS)
    @Returns(ReportView.class)
    @Operation(summary = "How often members bought", description = DESCRIPTION)
    public Response frequency(
            @Auth Caller caller,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("format") @Nullable String format) {
        return answer(caller, new Asked(Kind.FREQUENCY, from, to, format, null));
    }

    @GET
    @Path("/tiers")
    @AllowedTo(Audience.READERS)
    @Returns(ReportView.class)
    @Operation(summary = "Members and revenue by tier", description = DESCRIPTION)
    public Response tiers(
            @Auth Caller caller,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("format") @Nullable String format) {
        return answer(caller, new Asked(Kind.TIERS, from, to, format, null));
    }

    @GET
    @Path("/campaigns")
    @AllowedTo(Audience.READERS)
    @Returns(ReportView.class)
    @Operation(
            summary = "What campaigns brought, against those who were held out",
            description = DESCRIPTION)
    public Response campaigns(
            @Auth Caller caller,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("format") @Nullable String format) {
        return answer(caller, new Asked(Kind.CAMPAIGNS, from, to, format, null));
    }

    @GET
    @Path("/segments")
    @AllowedTo(Audience.READERS)
    @Returns(ReportView.class)
    @Operation(summary = "Buyers by recency, frequency and money", description = DESCRIPTION)
    public Response segments(
            @Auth Caller caller,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("format") @Nullable String format) {
        return answer(caller, new Asked(Kind.SEGMENTS, from, to, format, null));
    }

    @GET
    @Path("/nps")
    @AllowedTo(Audience.READERS)
    @Returns(ReportView.class)
    @Operation(summary = "Would members recommend the shop?", description = DESCRIPTION)
    public Response nps(
            @Auth Caller caller,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("format") @Nullable String format) {
        return answer(caller, new Asked(Kind.NPS, from, to, format, null));
    }

    /** What is asked for, as it came. */
    private record Asked(
            Kind kind,
            @Nullable String from,
            @Nullable String to,
            @Nullable String format,
            @Nullable String margin) {}

    private Response answer(Caller caller, Asked asked) {
        String format = Objects.requireNonNullElse(asked.format(), "json");
        if (!Set.of("json", "csv", "svg").contains(format)) {
            throw Problem.invalid("?format", "unknown_value", "Must be json, csv or svg.");
        }
        Report report =
                reports.make(
                        caller.tenant(),
                        new Reports.Question(
                                asked.kind(), asked.from(), asked.to(), percent(asked.margin())));
        return switch (format) {
            case "csv" ->
                    Response.ok(csv(report), CSV + ";charset=utf-8")
                            .header(
                                    HttpHeaders.CONTENT_DISPOSITION,
                                    "attachment; filename=\"" + report.name() + ".csv\"")
                            .build();
            case "svg" ->
                    Response.ok(Chart.svg(report), SVG)
                            .header("Content-Security-Policy", "default-src 'none'")
                            .build();
            default -> Response.ok(report.view(), MediaType.APPLICATION_JSON_TYPE).build();
        };
    }

    private static @Nullable Integer percent(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!text.matches("[0-9]{1,2}|100")) {
            throw Problem.invalid("?margin_percent", "out_of_range", "Must be 0 to 100.");
        }
        return Integer.valueOf(text);
    }

    static String csv(Report report) {
        List<Map<String, @Nullable Object>> rows =
                report.journal() == null ? report.rows() : report.journal();
        Set<String> columns = new LinkedHashSet<>(report.columns());
        rows.forEach(row -> columns.addAll(row.keySet()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SafeCsv csv = new SafeCsv(bytes)) {
            csv.row(columns.toArray(String[]::new));
            for (Map<String, @Nullable Object> row : rows) {
                List<String> cells = new ArrayList<>();
                for (String column : columns) {
                    Object value = row.get(column);
                    cells.add(value == null ? "" : value.toString());
                }
                csv.row(cells.toArray(String[]::new));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
