package io.regulars.platform.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets that must be kept to be used, such as those that sign webhooks: AES-256-GCM with
 * a key made from {@code SECRET_KEY}. What is sealed for one place opens in no other.
 */
public final class Sealer {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String KEY_HASH = "HmacSHA256";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final List<SecretKeySpec> keys;

    /**
     * @param secretKeys one or several, comma separated: the first seals, all open
     */
    public Sealer(SecretText secretKeys) {
        this.keys =
                Stream.of(secretKeys.value().split(",", -1))
                        .map(String::strip)
                        .filter(key -> !key.isEmpty())
                        .map(Sealer::key)
                        .toList();
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("SECRET_KEY is empty");
        }
    }

    /**
     * @param place what it belongs to, such as the id of its row
     */
    public String seal(String place, String secret) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            // The provider draws a nonce of its own.
            cipher.init(Cipher.ENCRYPT_MODE, keys.getFirst());
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] nonce = cipher.getIV();
            return Base64.getEncoder()
                    .encodeToString(
                            ByteBuffer.allocate(nonce.length + sealed.length)
                                    .put(nonce)
                                    .put(sealed)
                                    .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CIPHER, e);
        }
    }

    /**
     * @throws IllegalStateException when none of the keys fits any more
     */
    public String open(String place, String sealed) {
        byte[] bytes = Base64.getDecoder().decode(sealed);
        for (SecretKeySpec key : keys) {
            try {
                Cipher cipher = Cipher.getInstance(CIPHER);
                cipher.init(
                        Cipher.DECRYPT_MODE,
                        key,
                        new GCMParameterSpec(TAG_BITS, bytes, 0, NONCE_BYTES));
                cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
                return new String(
                        cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES),
                        StandardCharsets.UTF_8);
            } catch (AEADBadTagException e) {
                // Sealed with another key; the next one may fit.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has " + CIPHER, e);
            }
        }
        throw new IllegalStateException("no key of SECRET_KEY opens what is kept at " + place);
    }

    private static SecretKeySpec key(String secret) {
        try {
            Mac mac = Mac.getInstance(KEY_HASH);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), KEY_HASH));
            // Another key than the one that signs links, made from the same secret.
            return new SecretKeySpec(
                    mac.doFinal("sealed secrets".getBytes(StandardCharsets.US_ASCII)), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + KEY_HASH, e);
        }
    }

    @Override
    public String toString() {
        return "Sealer with " + keys.size() + " keys";
    }
}
