package io.regulars.loyalty.rewards;

import io.regulars.platform.secrets.Purpose;
import io.regulars.platform.secrets.Signer;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Addresses of pictures of codes: nobody can make one for a code that we did not give. */
final class VoucherLinks {

    private final Signer signer;
    private final String base;

    /**
     * @param publicUrl under which the members' browsers reach the service
     */
    VoucherLinks(Signer signer, URI publicUrl) {
        this.signer = signer;
        String url = publicUrl.toString();
        this.base = (url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + "/q/";
    }

    String qr(String code) {
        return base + signer.sign(Purpose.VOUCHER_QR, code, Optional.empty());
    }

    /** The code in a token that {@link #qr} wrote. */
    Optional<String> read(String token) {
        // At the end of time only what has no expiry is still valid, and these have none.
        return signer.verify(Purpose.VOUCHER_QR, token, Instant.MAX);
    }
}
