package io.regulars.engagement.tracking;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.secrets.Purpose;
import io.regulars.platform.secrets.Signer;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The links by which a member answers a question that a mail asked. They name the message and so
 * the member; whoever holds one may answer, and change the answer.
 */
public final class AnswerLinks {

    private final Signer signer;
    private final String base;

    /**
     * @param publicUrl under which the members' browsers reach the service
     */
    public AnswerLinks(Signer signer, URI publicUrl) {
        this.signer = signer;
        this.base = Links.base(publicUrl) + "/n/";
    }

    /** The question that a link answers. */
    public record Question(TenantId tenant, Side side, UUID message) {}

    public URI sign(TenantRef tenant, UUID message) {
        String text = LinkPayload.of(tenant, message, 0).text();
        return URI.create(base + signer.sign(Purpose.ANSWER, text, Optional.empty()));
    }

    /** What this token names; empty for every text that {@link #sign} did not write. */
    public Optional<Question> read(String token) {
        // At the end of time only what has no expiry is still valid, and these have none.
        return signer.verify(Purpose.ANSWER, token, Instant.MAX)
                .flatMap(LinkPayload::read)
                .map(payload -> new Question(payload.tenant(), payload.side(), payload.thing()));
    }
}
