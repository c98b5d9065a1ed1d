package io.regulars.engagement.tracking;

import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.secrets.Purpose;
import io.regulars.platform.secrets.Signer;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * The links by which a member stops a shop's advertising. They never expire: the law gives a
 * refusal no last day, and mails lie in boxes for years.
 */
public final class UnsubscribeLinks {

    private final Signer signer;
    private final String base;

    /**
     * @param publicUrl under which the members' browsers reach the service
     */
    public UnsubscribeLinks(Signer signer, URI publicUrl) {
        this.signer = signer;
        this.base = Links.base(publicUrl) + "/u/";
    }

    /** Whom a link was made for. */
    public record Recipient(TenantId tenant, Side side, MemberId member) {}

    public URI sign(TenantRef tenant, MemberId member) {
        String text = LinkPayload.of(tenant, member.uuid(), 0).text();
        return URI.create(base + signer.sign(Purpose.UNSUBSCRIBE, text, Optional.empty()));
    }

    /** Whom this token names; empty for every text that {@link #sign} did not write. */
    public Optional<Recipient> read(String token) {
        // At the end of time only what has no expiry is still valid, and these have none.
        return signer.verify(Purpose.UNSUBSCRIBE, token, Instant.MAX)
                .flatMap(LinkPayload::read)
                .map(payload ->
                        new Recipient(
                                payload.tenant(), payload.side(), new MemberId(payload.thing())));
    }
}
