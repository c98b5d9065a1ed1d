package io.regulars.tenancy.billing;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.stripe.Stripe;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.NotLimited;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.http.Returns;
import io.regulars.platform.secrets.SecretText;
import io.regulars.platform.time.Clock;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Stripe tells us that something changed. The signature is that of the very bytes; what they
 * say is written down under its id and followed later.
 */
@NotLimited
@Path("/stripe/webhook")
public final class StripeWebhookResource {

    private static final Logger LOG = LoggerFactory.getLogger(StripeWebhookResource.class);
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int LONGEST_ID = 255;

    private final ControlDb control;
    private final Clock clock;
    private final SecretText secret;
    private final boolean live;
    private final HearEvents hearEvents;
    private final MetricRegistry metrics;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * Takes what it needs.
     *
     * @param live whether our key is a live one: events of the other kind are not for us
     */
    StripeWebhookResource(
            ControlDb control,
            Clock clock,
            SecretText secret,
            boolean live,
            HearEvents hearEvents,
            MetricRegistry metrics) {
        this.control = control;
        this.clock = clock;
        this.secret = secret;
        this.live = live;
        this.hearEvents = hearEvents;
        this.metrics = metrics;
    }

    @POST
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response hear(@HeaderParam("Stripe-Signature") @Nullable String signature, byte[] body) {
        JsonNode event = read(signature, new String(body, StandardCharsets.UTF_8));
        String id = event.path("id").asText();
        String type = event.path("type").asText();
        if (id.isEmpty() || id.length() > LONGEST_ID || type.length() > LONGEST_ID) {
            throw refused("not an event");
        }
        if (event.path("livemode").asBoolean() != live) {
            LOG.warn("event {} is of the other mode of Stripe and is left alone", id);
            return Response.ok().build();
        }
        String version = event.path("api_version").asText();
        if (!version.equals(Stripe.API_VERSION)) {
            metrics.meter("stripe.api_version_mismatch").mark();
            LOG.error(
                    "Stripe sends events of version {}, and we speak {}: set the endpoint's version",
                    version,
                    Stripe.API_VERSION);
        }
        boolean isNew =
                control.inTransaction(handle ->
                        new StripeEventDao(handle).insert(id, type, customer(event), clock.now()));
        metrics.meter(isNew ? "stripe.events" : "stripe.events_repeated").mark();
        hearEvents.wake();
        return Response.ok().build();
    }

    private JsonNode read(@Nullable String signature, String body) {
        try {
            // Stripe's times are the world's, whatever our clock was set to.
            Webhook.Signature.verifyHeader(
                    body,
                    signature == null ? "" : signature,
                    secret.value(),
                    TOLERANCE.toSeconds());
            return json.readTree(body);
        } catch (SignatureVerificationException | IOException e) {
            metrics.meter("stripe.events_refused").mark();
            throw refused("the signature does not hold, or is too old");
        }
    }

    private static @Nullable String customer(JsonNode event) {
        JsonNode object = event.path("data").path("object");
        JsonNode customer =
                object.path("object").asText().equals("customer")
                        ? object.path("id")
                        : object.path("customer");
        String id = customer.isObject() ? customer.path("id").asText() : customer.asText();
        return id.isEmpty() || id.equals("null") ? null : id;
    }

    private static Problem refused(String why) {
        return Problem.of(ProblemType.BAD_REQUEST, "This is not from Stripe: " + why + ".");
    }
}
