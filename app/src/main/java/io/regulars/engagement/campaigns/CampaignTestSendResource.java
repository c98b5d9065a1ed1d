package io.regulars.engagement.campaigns;

import io.dropwizard.auth.Auth;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.platform.http.SpansTransactions;
import io.regulars.platform.smtp.Mailbox;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

@Path("/v1/campaigns/{id}/test-send")
@Tag(name = "Campaigns")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class CampaignTestSendResource {

    private final PreviewCampaign preview;

    CampaignTestSendResource(PreviewCampaign preview) {
        this.preview = preview;
    }

    @POST
    @SpansTransactions
    @AllowedTo(Audience.MARKETING)
    @Returns(status = 202, value = TestSent.class)
    @Operation(
            summary = "Send the mail to yourself, as a member would get it",
            description =
                    "Marked as a test in the subject. It counts as no message, its code is not valid, and its links lead nowhere. Of a new shop's first mails it is one.")
    public Response send(@Auth Caller caller, @PathParam("id") String id, TestSend body) {
        if (!Mailbox.accepts(body.to())) {
            throw Problem.invalid("/to", "invalid_email", "Must be an e-mail address.");
        }
        preview.testSend(caller.tenant(), id, Mailbox.of(body.to()), body.member());
        return Response.accepted(new TestSent(body.to())).build();
    }

    /**
     * @param member whom it is written for; absent: one who would get it
     */
    record TestSend(String to, @Nullable MemberKey member) {}

    record TestSent(String to) {}
}
