package io.regulars.engagement.tracking;

import io.regulars.loyalty.members.MemberId;
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
 * The links by which a member stops a shop's advertising. They never expire: the law gives a
 * refusal no last day, and mails lie in boxes for years.
 */
public final class UnsubscribeLinks {

    private static final int PAYLOAD_BYTES = 1 + 4 * Long.BYTES;
    private static final byte LIVE = 0;
    private static final byte TEST = 1;

    private final Signer signer;
    private final String base;

    /**
     * @param publicUrl under which the members' browsers reach the service
     */
    public UnsubscribeLinks(Signer signer, URI publicUrl) {
        this.signer = signer;
        String url = publicUrl.toString();
        this.base = (url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + "/u/";
    }

    /** Whom a link was made for. */
    public record Recipient(TenantId tenant, Side side, MemberId member) {}

    public URI sign(TenantRef tenant, MemberId member) {
        ByteBuffer payload = ByteBuffer.allocate(PAYLOAD_BYTES);
        payload.put(tenant.isTest() ? TEST : LIVE);
        put(payload, tenant.id().uuid());
        put(payload, member.uuid());
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(payload.array());
        return URI.create(base + signer.sign(Purpose.UNSUBSCRIBE, text, Optional.empty()));
    }

    /** Whom this token names; empty for every text that {@link #sign} did not write. */
    public Optional<Recipient> read(String token) {
        // At the end of time only what has no expiry is still valid, and these have none.
        return signer.verify(Purpose.UNSUBSCRIBE, token, Instant.MAX)
                .flatMap(UnsubscribeLinks::recipient);
    }

    private static Optional<Recipient> recipient(String payload) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(payload));
            Side side =
                    switch (bytes.get()) {
                        case LIVE -> Side.LIVE;
                        case TEST -> Side.TEST;
                        default -> throw new IllegalArgumentException("no side");
                    };
            return Optional.of(
                    new Recipient(new TenantId(uuid(bytes)), side, new MemberId(uuid(bytes))));
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
