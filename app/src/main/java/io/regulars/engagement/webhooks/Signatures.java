package io.regulars.engagement.webhooks;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.regulars.platform.ids.Tokens;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The headers of Standard Webhooks. */
final class Signatures {

    private static final int SECRET_BYTES = 32;
    private static final String SECRET_PREFIX = "whsec_";

    private Signatures() {}

    static String newSecret() {
        return SECRET_PREFIX + Base64.getEncoder().encodeToString(Tokens.bytes(SECRET_BYTES));
    }

    /**
     * @param id the same at each try
     * @param at the moment of this try; receivers refuse what is minutes old
     * @param secrets all that are valid: a receiver takes one signature that fits
     */
    static Map<String, String> headers(String id, Instant at, String body, List<String> secrets) {
        StringJoiner signatures = new StringJoiner(" ");
        for (String secret : secrets) {
            try {
                signatures.add(new Webhook(secret).sign(id, at.getEpochSecond(), body));
            } catch (EmptyWebhookSecretException | WebhookSigningException e) {
                throw new IllegalStateException("a webhook secret of ours does not sign", e);
            }
        }
        return Map.of(
                "webhook-id", id,
                "webhook-timestamp", Long.toString(at.getEpochSecond()),
                "webhook-signature", signatures.toString());
    }
}
