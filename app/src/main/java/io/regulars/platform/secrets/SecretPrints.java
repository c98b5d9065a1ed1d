package io.regulars.platform.secrets;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Tells two secrets apart in what is written down, by prints that nobody can guess them by. */
public final class SecretPrints extends StdSerializer<SecretText> {

    private static final long serialVersionUID = 1L;
    private static final int BYTES = 16;

    private final transient Signer signer;

    private SecretPrints(Signer signer) {
        super(SecretText.class);
        this.signer = signer;
    }

    /** For a mapper whose texts go into digests only. */
    public static SimpleModule by(Signer signer) {
        return new SimpleModule("secret-prints").addSerializer(new SecretPrints(signer));
    }

    @Override
    public void serialize(SecretText secret, JsonGenerator to, SerializerProvider provider)
            throws IOException {
        to.writeBinary(
                signer.tag(
                        Purpose.REPEATED_SECRET,
                        secret.value().getBytes(StandardCharsets.UTF_8),
                        BYTES));
    }
}
