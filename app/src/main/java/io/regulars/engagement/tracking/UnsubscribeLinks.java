package io.regulars.engagement.tracking;

import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.secrets.Purpose;
import io.regulars.platform.secrets.Signer;
import java.net.URI;
import java.util.Optional;

/** The links by which members say no. */
public final class UnsubscribeLinks {

    private final Signer signer;
    private final URI publicUrl;

    public UnsubscribeLinks(Signer signer, URI publicUrl) {
        this.signer = signer;
        this.publicUrl = publicUrl;
    }

    public URI sign(TenantRef tenant, MemberId member) {
        String payload = tenant.id() + " " + tenant.side().key() + " " + member;
        return URI.create(
                publicUrl + "/u/" + signer.sign(Purpose.UNSUBSCRIBE, payload, Optional.empty()));
    }
}
