package io.regulars.journeys;

import io.regulars.ServiceUnderTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Two relays that tell a service what became of mails, each signing in its own way. */
record SignedRelays(ServiceUnderTest service) {

    /** {@code MAILGUN_SIGNING_KEY} of the service. */
    static final String MAILGUN_KEY = "the key that signs";

    private static final KeyPair SENDGRID = keys();

    /** {@code SENDGRID_VERIFICATION_KEY} of the service. */
    static String sendgridKey() {
        return Base64.getEncoder().encodeToString(SENDGRID.getPublic().getEncoded());
    }

    Response mailgun(String body) {
        return service.rawApi()
                .contentType("application/json")
                .body(body)
                .post("/relay-events/mailgun");
    }

    /** Rightly signed. */
    Response mailgunFailed(String messageId) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(MAILGUN_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signed = mac.doFinal("1t".getBytes(StandardCharsets.UTF_8));
        return mailgunFailed(HexFormat.of().formatHex(signed), messageId);
    }

    Response mailgunFailed(String signature, String messageId) {
        return mailgun(
                """
                {"signature": {"timestamp": "1", "token": "t", "signature": "%s"},
                 "event-data": {"event": "failed", "severity": "permanent",
                   "delivery-status": {"message": "550 gone"},
                   "message": {"headers": {"message-id": "%s"}}}}
                """
                        .formatted(signature, messageId));
    }

    Response sendgrid(String body, String timestamp, String signature) {
        return service.rawApi()
                .contentType("application/json")
                .header("X-Twilio-Email-Event-Webhook-Signature", signature)
                .header("X-Twilio-Email-Event-Webhook-Timestamp", timestamp)
                .body(body)
                .post("/relay-events/sendgrid");
    }

    static String sign(String what) throws GeneralSecurityException {
        return sign(SENDGRID, what);
    }

    static String sign(KeyPair keys, String what) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(what.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
