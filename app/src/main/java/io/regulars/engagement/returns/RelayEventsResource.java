package io.regulars.engagement.returns;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.engagement.mail.Returned.Kind;
import io.regulars.platform.db.Json;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.http.Returns;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where relays tell what became of mails that they had taken. A call is believed by its signature;
 * what it speaks of is found by the Message-ID. Telling the same twice changes nothing.
 */
@Path("/relay-events")
@Produces(MediaType.APPLICATION_JSON)
public final class RelayEventsResource {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<List<Map<String, Object>>> LIST = new TypeReference<>() {};

    private final TakeReturns takeReturns;
    private final RelayKeys keys;

    RelayEventsResource(TakeReturns takeReturns, RelayKeys keys) {
        this.takeReturns = takeReturns;
        this.keys = keys;
    }

    /**
     * Thanks for it: a relay sends again what was not taken.
     *
     * @param events how many of them told something of a mail of ours
     */
    public record Taken(int events) {}

    @POST
    @Path("/mailgun")
    @Consumes(MediaType.WILDCARD)
    @AllowedTo(Audience.ANYONE)
    @Returns(Taken.class)
    @Operation(summary = "What Mailgun reports of sent mails")
    public Taken mailgun(byte[] body) {
        Map<?, ?> call = object(body);
        Map<?, ?> signature = part(call, "signature");
        if (!keys.isMailgun(
                text(signature, "timestamp"),
                text(signature, "token"),
                text(signature, "signature"))) {
            throw forged();
        }
        Map<?, ?> event = part(call, "event-data");
        Optional<Kind> kind =
                switch (text(event, "event")) {
                    case "failed" ->
                            Optional.of(
                                    text(event, "severity").equals("permanent")
                                            ? Kind.HARD
                                            : Kind.SOFT);
                    case "complained" -> Optional.of(Kind.COMPLAINT);
                    default -> Optional.empty();
                };
        String id = text(part(part(event, "message"), "headers"), "message-id");
        String reason = text(part(event, "delivery-status"), "message");
        boolean taken = kind.isPresent() && takeReturns.relayed(id, kind.get(), reason);
        return new Taken(taken ? 1 : 0);
    }

    @POST
    @Path("/sendgrid")
    @Consumes(MediaType.WILDCARD)
    @AllowedTo(Audience.ANYONE)
    @Returns(Taken.class)
    @Operation(summary = "What SendGrid reports of sent mails")
    public Taken sendgrid(
            @HeaderParam("X-Twilio-Email-Event-Webhook-Signature") @Nullable String signature,
            @HeaderParam("X-Twilio-Email-Event-Webhook-Timestamp") @Nullable String timestamp,
            byte[] body) {
        if (signature == null
                || timestamp == null
                || !keys.isSendgrid(timestamp, body, signature)) {
            throw forged();
        }
        int taken = 0;
        for (Map<String, Object> event : list(body)) {
            Optional<Kind> kind =
                    switch (text(event, "event")) {
                        // A block passes; a bounce does not.
                        case "bounce" ->
                                Optional.of(
                                        text(event, "type").equals("blocked")
                                                ? Kind.SOFT
                                                : Kind.HARD);
                        case "deferred" -> Optional.of(Kind.SOFT);
                        case "spamreport" -> Optional.of(Kind.COMPLAINT);
                        default -> Optional.empty();
                    };
            if (kind.isPresent()
                    && takeReturns.relayed(
                            text(event, "smtp-id"), kind.get(), text(event, "reason"))) {
                taken++;
            }
        }
        return new Taken(taken);
    }

    private static Map<String, Object> object(byte[] body) {
        try {
            return Json.read(new String(body, StandardCharsets.UTF_8), OBJECT);
        } catch (RuntimeException e) {
            throw forged();
        }
    }

    private static List<Map<String, Object>> list(byte[] body) {
        try {
            return Json.read(new String(body, StandardCharsets.UTF_8), LIST);
        } catch (RuntimeException e) {
            throw forged();
        }
    }

    private static Map<?, ?> part(Map<?, ?> of, String name) {
        return of.get(name) instanceof Map<?, ?> part ? part : Map.of();
    }

    private static String text(Map<?, ?> of, String name) {
        return Objects.toString(of.get(name), "");
    }

    private static Problem forged() {
        return Problem.of(ProblemType.UNAUTHENTICATED, "The signature does not hold.");
    }
}
