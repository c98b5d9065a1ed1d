package io.regulars.engagement.campaigns;

import io.dropwizard.auth.Auth;
import io.regulars.engagement.campaigns.Campaign.Definition;
import io.regulars.engagement.content.MailContent;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.ETags;
import io.regulars.platform.http.IfMatch;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Returns;
import io.regulars.platform.http.SpansTransactions;
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
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

@Path("/v1/campaigns")
@Tag(name = "Campaigns")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class CampaignResource {

    private final EditCampaigns campaigns;
    private final CampaignKinds kinds;

    CampaignResource(EditCampaigns campaigns, CampaignKinds kinds) {
        this.campaigns = campaigns;
        this.kinds = kinds;
    }

    @POST
    @AllowedTo(Audience.MARKETING)
    @Returns(status = 201, value = CampaignView.class)
    @Operation(summary = "Make a campaign; it is a draft until it is activated")
    public Response create(@Auth Caller caller, NewCampaign body) {
        Campaign campaign =
                campaigns.create(
                        caller.tenant(),
                        body.name(),
                        body.kind(),
                        new Definition(
                                body.audience(),
                                body.offer(),
                                body.schedule(),
                                body.holdoutPercent(),
                                body.content()));
        return answer(Response.Status.CREATED, campaign);
    }

    @GET
    @AllowedTo(Audience.READERS)
    @Returns(value = CampaignView.class, page = true)
    @Operation(summary = "List campaigns, newest first")
    public Page<CampaignView> list(@Auth Caller caller, @Context PageRequest page) {
        return campaigns.list(caller.tenant(), page).map(this::view);
    }

    @GET
    @Path("/{id}")
    @AllowedTo(Audience.READERS)
    @Returns(CampaignView.class)
    @Operation(summary = "One campaign")
    public Response get(@Auth Caller caller, @PathParam("id") String id) {
        return answer(Response.Status.OK, campaigns.get(caller.tenant(), id));
    }

    @PATCH
    @Path("/{id}")
    @AllowedTo(Audience.MARKETING)
    @Returns(CampaignView.class)
    @Operation(
            summary = "Change a campaign",
            description =
                    "Parts left out, or null, stay; an empty one ({\"offer\": {}}) is taken off. What is planned already stays as it was planned.")
    public Response patch(
            @Auth Caller caller,
            @PathParam("id") String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            CampaignPatch body) {
        return answer(
                Response.Status.OK,
                campaigns.change(
                        caller.tenant(),
                        id,
                        new EditCampaigns.Change(
                                body.name(),
                                body.audience(),
                                body.offer(),
                                body.schedule(),
                                body.holdoutPercent(),
                                body.content()),
                        IfMatch.of(ifMatch)));
    }

    @DELETE
    @Path("/{id}")
    @AllowedTo(Audience.MARKETING)
    @Returns(status = 204, value = Void.class)
    @Operation(summary = "Remove a campaign that never ran")
    public void delete(@Auth Caller caller, @PathParam("id") String id) {
        campaigns.delete(caller.tenant(), id);
    }

    @POST
    @Path("/{id}/duplicate")
    @Consumes(MediaType.WILDCARD)
    @AllowedTo(Audience.MARKETING)
    @Returns(status = 201, value = CampaignView.class)
    @Operation(summary = "Make a draft that says the same")
    public Response duplicate(@Auth Caller caller, @PathParam("id") String id) {
        return answer(Response.Status.CREATED, campaigns.duplicate(caller.tenant(), id));
    }

    @POST
    @Path("/{id}/activate")
    @Consumes(MediaType.WILDCARD)
    @SpansTransactions
    @AllowedTo(Audience.MARKETING)
    @Returns(CampaignView.class)
    @Operation(
            summary = "Let a campaign run",
            description =
                    "Needs the sender's identity (PATCH /v1/tenant). An occurrence whose hour has passed is not sent.")
    public Response activate(@Auth Caller caller, @PathParam("id") String id) {
        return answer(Response.Status.OK, campaigns.activate(caller.tenant(), id));
    }

    @POST
    @Path("/{id}/pause")
    @Consumes(MediaType.WILDCARD)
    @SpansTransactions
    @AllowedTo(Audience.MARKETING)
    @Returns(CampaignView.class)
    @Operation(summary = "Hold a campaign; nothing is lost, and nothing leaves until it is resumed")
    public Response pause(@Auth Caller caller, @PathParam("id") String id) {
        return answer(Response.Status.OK, campaigns.pause(caller.tenant(), id));
    }

    @POST
    @Path("/{id}/resume")
    @Consumes(MediaType.WILDCARD)
    @SpansTransactions
    @AllowedTo(Audience.MARKETING)
    @Returns(CampaignView.class)
    @Operation(summary = "Let a paused campaign go on; what is too late by now is skipped")
    public Response resume(@Auth Caller caller, @PathParam("id") String id) {
        return answer(Response.Status.OK, campaigns.resume(caller.tenant(), id));
    }

    @POST
    @Path("/{id}/cancel")
    @Consumes(MediaType.WILDCARD)
    @SpansTransactions
    @AllowedTo(Audience.MARKETING)
    @Returns(CampaignView.class)
    @Operation(summary = "End a campaign for good; what is planned and not sent is skipped")
    public Response cancel(@Auth Caller caller, @PathParam("id") String id) {
        return answer(Response.Status.OK, campaigns.cancel(caller.tenant(), id));
    }

    @GET
    @Path("/{id}/runs")
    @AllowedTo(Audience.READERS)
    @Returns(value = RunView.class, page = true)
    @Operation(
            summary =
                    "The rounds a campaign has made: one for each local day and time zone on which somebody was due, newest first")
    public Page<RunView> runs(
            @Auth Caller caller, @PathParam("id") String id, @Context PageRequest page) {
        return campaigns.runs(caller.tenant(), id, page).map(RunView::of);
    }

    private CampaignView view(Campaign campaign) {
        return CampaignView.of(campaign, kinds.of(campaign).fields());
    }

    private Response answer(Response.Status status, Campaign campaign) {
        return Response.status(status)
                .tag(ETags.of(campaign.version()))
                .entity(view(campaign))
                .build();
    }

    record NewCampaign(
            String name,
            Campaign.Kind kind,
            Campaign.@Nullable Audience audience,
            Campaign.@Nullable Offer offer,
            Campaign.@Nullable Schedule schedule,
            @Nullable Integer holdoutPercent,
            @Nullable Map<String, MailContent> content) {}

    record CampaignPatch(
            @Nullable String name,
            Campaign.@Nullable Audience audience,
            Campaign.@Nullable Offer offer,
            Campaign.@Nullable Schedule schedule,
            @Nullable Integer holdoutPercent,
            @Nullable Map<String, MailContent> content) {}

    record CampaignView(
            CampaignId id,
            String name,
            Campaign.Kind kind,
            Campaign.State state,
            Campaign.@Nullable Audience audience,
            Campaign.@Nullable Offer offer,
            Campaign.Schedule schedule,
            int holdoutPercent,
            @Nullable Map<String, MailContent> content,
            @Nullable Instant activatedAt,
            Instant createdAt,
            Instant updatedAt) {

        /**
         * @param fields of a schedule that mean something for its kind
         */
        static CampaignView of(Campaign campaign, Set<String> fields) {
            Definition definition = campaign.definition();
            return new CampaignView(
                    campaign.id(),
                    campaign.name(),
                    campaign.kind(),
                    campaign.state(),
                    definition.audience(),
                    definition.offer(),
                    definition.timing().completed(fields),
                    definition.holdout(),
                    definition.content(),
                    campaign.activatedAt(),
                    campaign.createdAt(),
                    campaign.updatedAt());
        }
    }

    /**
     * A round.
     *
     * @param skipped how many members were passed over, by reason
     */
    record RunView(
            RunId id,
            String state,
            LocalDate localDay,
            String timeZone,
            Instant dueAt,
            Instant notAfter,
            int audience,
            int planned,
            Map<String, Integer> skipped,
            Instant startedAt,
            @Nullable Instant finishedAt) {

        static RunView of(RunDao.Run run) {
            return new RunView(
                    run.id(),
                    run.state(),
                    run.localDay(),
                    run.zone().getId(),
                    run.dueAt(),
                    run.notAfter(),
                    run.audience(),
                    run.planned(),
                    run.skipped(),
                    run.startedAt(),
                    run.finishedAt());
        }
    }
}
