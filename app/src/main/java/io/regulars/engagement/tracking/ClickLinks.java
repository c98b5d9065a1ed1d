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
 * The links that count clicks, in mails to members who agreed to that. Such a link names a message
 * and one of its buttons and holds no address: it leads where the message says, and nowhere else.
 */
public final class ClickLinks {

    private final Signer signer;
    private final String base;

    /**
     * @param publicUrl under which the members' browsers reach the service
     */
    public ClickLinks(Signer signer, URI publicUrl) {
        this.signer = signer;
        this.base = Links.base(publicUrl) + "/l/";
    }

    /**
     * What was clicked.
     *
     * @param block the place of the button among the mail's parts
     */
    public record Click(TenantId tenant, Side side, UUID message, int block) {}

    public URI sign(TenantRef tenant, UUID message, int block) {
        String text = LinkPayload.of(tenant, message, block + 1).text();
        return URI.create(base + signer.sign(Purpose.TRACK_CLICK, text, Optional.empty()));
    }

    /** Empty for every text that {@link #sign} did not write. */
    public Optional<Click> read(String token) {
        return signer.verify(Purpose.TRACK_CLICK, token, Instant.MAX)
                .flatMap(LinkPayload::read)
                .map(p -> new Click(p.tenant(), p.side(), p.thing(), p.part() - 1));
    }
}
