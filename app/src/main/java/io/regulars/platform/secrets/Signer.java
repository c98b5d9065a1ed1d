package io.regulars.platform.secrets;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what stands in links. A token carries its payload in the open: {@code base64url(body,
 * signature)}, where the body is one byte for the form, the expiry if there is one, and the
 * payload. The signature is HMAC-SHA256 over purpose and body, cut to 128 bits.
 */
public final class Signer {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE_BYTES = 16;
    private static final int SHORTEST_KEY = 16;
    private static final byte FOR_EVER = 0;
    private static final byte EXPIRES = 1;

    /** One for each key, ready to sign; copied for each signature, and never used itself. */
    private final List<Mac> keys;

    /**
     * @param secretKeys one or several, comma separated: the first signs, all are accepted, so that
     *     a key can be replaced without voiding the links that are out
     */
    public Signer(SecretText secretKeys) {
        this.keys =
                Stream.of(secretKeys.value().split(",", -1))
                        .map(String::strip)
                        .filter(key -> !key.isEmpty())
                        .map(Signer::key)
                        .toList();
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("SECRET_KEY is empty");
        }
    }

    public String sign(Purpose purpose, String payload, Optional<Instant> expiry) {
        byte[] text = payload.getBytes(StandardCharsets.UTF_8);
        ByteBuffer token = ByteBuffer.allocate(1 + Integer.BYTES + text.length + SIGNATURE_BYTES);
        expiry.ifPresentOrElse(
                at -> token.put(EXPIRES).putInt((int) at.getEpochSecond()),
                () -> token.put(FOR_EVER));
        token.put(text);
        byte[] body = Arrays.copyOf(token.array(), token.position());
        token.put(signature(keys.getFirst(), purpose, body));
        return encoded(Arrays.copyOf(token.array(), token.position()));
    }

    /**
     * What was signed for this purpose; empty for what was not, was tampered with, or is over by
     * {@code now}.
     */
    public Optional<String> verify(Purpose purpose, String token, Instant now) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        // The last character has bits to spare: one token has one spelling.
        if (bytes.length < 1 + SIGNATURE_BYTES || !encoded(bytes).equals(token)) {
            return Optional.empty();
        }
        int end = bytes.length - SIGNATURE_BYTES;
        byte[] body = Arrays.copyOf(bytes, end);
        byte[] signature = Arrays.copyOfRange(bytes, end, bytes.length);
        boolean genuine =
                keys.stream()
                        .anyMatch(key ->
                                MessageDigest.isEqual(signature(key, purpose, body), signature));
        return genuine ? payload(ByteBuffer.wrap(body), now) : Optional.empty();
    }

    /** The first bytes of a signature, for places with little room. */
    public byte[] tag(Purpose purpose, byte[] text, int bytes) {
        return Arrays.copyOf(signature(keys.getFirst(), purpose, text), bytes);
    }

    /** Whether {@link #tag} made this for the text, with this key or one before. */
    public boolean isTag(Purpose purpose, byte[] text, byte[] tag) {
        return keys.stream()
                .anyMatch(key ->
                        MessageDigest.isEqual(
                                Arrays.copyOf(signature(key, purpose, text), tag.length), tag));
    }

    private static Optional<String> payload(ByteBuffer body, Instant now) {
        try {
            boolean valid =
                    switch (body.get()) {
                        case FOR_EVER -> true;
                        case EXPIRES ->
                                now.getEpochSecond() < Integer.toUnsignedLong(body.getInt());
                        default -> false;
                    };
            return valid
                    ? Optional.of(StandardCharsets.UTF_8.decode(body).toString())
                    : Optional.empty();
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] signature(Mac key, Purpose purpose, byte[] body) {
        try {
            Mac mac = (Mac) key.clone();
            mac.update(purpose.name().getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            return Arrays.copyOf(mac.doFinal(body), SIGNATURE_BYTES);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("every JDK can copy " + ALGORITHM, e);
        }
    }

    private static Mac key(String secret) {
        if (secret.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException(
                    "each key of SECRET_KEY needs at least " + SHORTEST_KEY + " characters");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "Signer with " + keys.size() + " keys";
    }
}
