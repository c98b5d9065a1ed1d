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
 * The links by which a member confirms by mail what was said on a page. How long one works is told
 * by the message that carries it, on the clock of its shop.
 */
public final class ConsentLinks {

    private final Signer signer;
    private final String base;

    /**
     * @param publicUrl under which the members' browsers reach the service
     */
    public ConsentLinks(Signer signer, URI publicUrl) {
        this.signer = signer;
        this.base = Links.base(publicUrl) + "/v/";
    }

    /**
     * What a link was made for.
     *
     * @param message that carries it
     */
    public record Question(TenantId tenant, Side side, UUID message) {}

    public URI sign(TenantRef tenant, UUID message) {
        String text = LinkPayload.of(tenant, message, 0).text();
        return URI.create(base + signer.sign(Purpose.CONFIRM_MEMBER, text, Optional.empty()));
    }

    /** What this token asks; empty for every text that {@link #sign} did not write. */
    public Optional<Question> read(String token) {
        return signer.verify(Purpose.CONFIRM_MEMBER, token, Instant.MAX)
                .flatMap(LinkPayload::read)
                .map(payload -> new Question(payload.tenant(), payload.side(), payload.thing()));
    }
}
