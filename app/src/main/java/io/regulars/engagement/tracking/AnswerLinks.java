package io.regulars.engagement.tracking;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.secrets.Purpose;
import io.regulars.platform.secrets.Signer;
import java.net.URI;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The links by which a member answers a question that a mail asked. They name the message and so
 * the member; whoever holds one may answer, and change the answer.
 */
public final class AnswerLinks {

    private static final int PAYLOAD_BYTES = 1 + 4 * Long.BYTES;

    private final Signer signer;
    private final String base;

    /**
     * @param publicUrl under which the members' browsers reach the service
     */
    public AnswerLinks(Signer signer, URI publicUrl) {
        this.signer = signer;
        String url = publicUrl.toString();
        this.base = (url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + "/n/";
    }

    /** The question that a link answers. */
    public record Question(TenantId tenant, Side side, UUID message) {}

    public URI sign(TenantRef tenant, UUID message) {
        ByteBuffer payload = ByteBuffer.allocate(PAYLOAD_BYTES);
        payload.put((byte) tenant.side().ordinal());
        put(payload, tenant.id().uuid());
        put(payload, message);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(payload.array());
        return URI.create(base + signer.sign(Purpose.ANSWER, text, Optional.empty()));
    }

    /** What this token names; empty for every text that {@link #sign} did not write. */
    public Optional<Question> read(String token) {
        // At the end of time only what has no expiry is still valid, and these have none.
        return signer.verify(Purpose.ANSWER, token, Instant.MAX).flatMap(AnswerLinks::question);
    }

    private static Optional<Question> question(String payload) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(payload));
            int side = bytes.get();
            return side < 0 || side >= Side.values().length
                    ? Optional.empty()
                    : Optional.of(
                            new Question(
                                    new TenantId(uuid(bytes)), Side.values()[side], uuid(bytes)));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static void put(ByteBuffer to, UUID id) {
        to.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer from) {
        return new UUID(from.getLong(), from.getLong());
    }
}
