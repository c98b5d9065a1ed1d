package io.regulars.engagement.segments;

import com.fasterxml.jackson.databind.JsonNode;
import io.dropwizard.auth.Auth;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.ETags;
import io.regulars.platform.http.IfMatch;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Path("/v1/segments")
@Tag(name = "Segments")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SegmentResource {

    private final EditSegments segments;

    public SegmentResource(EditSegments segments) {
        this.segments = segments;
    }

    @POST
    @AllowedTo(Audience.MARKETING)
    @Returns(status = 201, value = SegmentView.class)
    @Operation(
            summary = "Make a segment",
            description =
                    "A filter is {all: [...]}, {any: [...]}, {not: {...}} or one condition {field, op, value};"
                            + " docs/segments.md lists the fields.")
    public Response create(@Auth Caller caller, NewSegment body) {
        return answer(
                Response.Status.CREATED,
                segments.create(caller.tenant(), body.name(), body.filter()));
    }

    @POST
    @Path("/preview")
    @AllowedTo(Audience.MARKETING)
    @Returns(SegmentPreview.class)
    @Operation(
            summary = "How many members fit a filter, and ten of them, masked",
            description = "The body is the filter, or {filter: ...}. Nothing is kept.")
    public SegmentPreview preview(@Auth Caller caller, JsonNode body) {
        boolean wrapped = body.size() == 1 && body.has("filter");
        EditSegments.Preview preview =
                segments.preview(
                        caller.tenant(),
                        wrapped ? body.get("filter") : body,
                        wrapped ? "/filter" : "");
        return new SegmentPreview(
                preview.count(), preview.sample().stream().map(SegmentSample::of).toList());
    }

    @GET
    @AllowedTo(Audience.READERS)
    @Returns(value = SegmentView.class, page = true)
    @Operation(summary = "List segments, newest first")
    public Page<SegmentView> list(@Auth Caller caller, @Context PageRequest page) {
        return segments.list(caller.tenant(), page).map(SegmentView::of);
    }

    @GET
    @Path("/{id}")
    @AllowedTo(Audience.READERS)
    @Returns(SegmentView.class)
    @Operation(summary = "One segment")
    public Response get(@Auth Caller caller, @PathParam("id") String id) {
        return answer(Response.Status.OK, segments.get(caller.tenant(), id));
    }

    @PATCH
    @Path("/{id}")
    @AllowedTo(Audience.MARKETING)
    @Returns(SegmentView.class)
    @Operation(
            summary = "Change a segment",
            description = "Parts left out stay. Campaigns go to who is in it from now on.")
    public Response patch(
            @Auth Caller caller,
            @PathParam("id") String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            SegmentPatch body) {
        return answer(
                Response.Status.OK,
                segments.change(
                        caller.tenant(),
                        id,
                        body.name(),
                        body.filter() == null || body.filter().isNull() ? null : body.filter(),
                        IfMatch.of(ifMatch)));
    }

    @DELETE
    @Path("/{id}")
    @AllowedTo(Audience.MARKETING)
    @Returns(status = 204, value = Void.class)
    @Operation(summary = "Remove a segment that no campaign goes to")
    public void delete(@Auth Caller caller, @PathParam("id") String id) {
        segments.delete(caller.tenant(), id);
    }

    private static Response answer(Response.Status status, Segment segment) {
        return Response.status(status)
                .tag(ETags.of(segment.version()))
                .entity(SegmentView.of(segment))
                .build();
    }

    record NewSegment(String name, JsonNode filter) {}

    record SegmentPatch(@Nullable String name, @Nullable JsonNode filter) {}

    record SegmentView(
            SegmentId id, String name, JsonNode filter, Instant createdAt, Instant updatedAt) {

        static SegmentView of(Segment segment) {
            return new SegmentView(
                    segment.id(),
                    segment.name(),
                    segment.filter(),
                    segment.createdAt(),
                    segment.updatedAt());
        }
    }

    record SegmentPreview(long count, List<SegmentSample> sample) {}

    /**
     * One of those who fit.
     *
     * @param email masked
     */
    record SegmentSample(
            MemberId id,
            @Nullable String externalId,
            @Nullable String name,
            @Nullable String email,
            Instant joinedAt) {

        static SegmentSample of(Member member) {
            return new SegmentSample(
                    member.id(),
                    member.externalId(),
                    member.name(),
                    member.maskedEmail(),
                    member.joinedAt());
        }
    }
}
