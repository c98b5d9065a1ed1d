package io.regulars.engagement.returns;

import io.regulars.platform.secrets.SecretText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How relays sign what they tell.
 *
 * @param mailgun the signing key of its webhooks; empty: nothing is taken from there
 * @param sendgrid the public key of its event webhook, in Base64; empty: nothing is taken from
 *     there
 */
public record RelayKeys(SecretText mailgun, String sendgrid) {

    private static final String HMAC = "HmacSHA256";

    boolean isMailgun(String timestamp, String token, String signature) {
        if (mailgun.value().isEmpty()) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(mailgun.value().getBytes(StandardCharsets.UTF_8), HMAC));
            byte[] expected = mac.doFinal((timestamp + token).getBytes(StandardCharsets.UTF_8));
            return MessageDigest.isEqual(
                    HexFormat.of().formatHex(expected).getBytes(StandardCharsets.US_ASCII),
                    signature.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    boolean isSendgrid(String timestamp, byte[] body, String signature) {
        if (sendgrid.isEmpty()) {
            return false;
        }
        try {
            PublicKey key =
                    KeyFactory.getInstance("EC")
                            .generatePublic(
                                    new X509EncodedKeySpec(Base64.getDecoder().decode(sendgrid)));
            Signature check = Signature.getInstance("SHA256withECDSA");
            check.initVerify(key);
            check.update(timestamp.getBytes(StandardCharsets.UTF_8));
            check.update(body);
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "keys of relays";
    }
}
