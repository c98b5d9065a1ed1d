package io.regulars.engagement.campaigns;

import io.dropwizard.auth.Auth;
import io.regulars.engagement.campaigns.ExplainCampaign.Explanation;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("/v1/campaigns/{id}/explain")
@Tag(name = "Campaigns")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class CampaignExplainResource {

    private final ExplainCampaign explain;

    CampaignExplainResource(ExplainCampaign explain) {
        this.explain = explain;
    }

    @POST
    @AllowedTo(Audience.MARKETING)
    @Returns(Explanation.class)
    @Operation(
            summary = "Why a member did, will, or did not get the mail, in a sentence and in data")
    public Explanation explain(@Auth Caller caller, @PathParam("id") String id, Explain body) {
        return explain.explain(caller.tenant(), id, body.member());
    }

    record Explain(MemberKey member) {}
}
