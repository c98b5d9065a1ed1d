package io.regulars.platform.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The service's secret key for people who did not set SECRET_KEY: made once, kept beside the
 * embedded database.
 */
public final class SecretKeyFile {
    private static final String NAME = "secret-key";

    private SecretKeyFile() {}

    /**
     * Call it while the embedded database runs: its lock on the directory keeps two services from
     * making two keys.
     */
    public static String readOrCreate(Path dataDir) {
        Path file = dataDir.resolve(NAME);
        try {
            if (Files.exists(file)) {
                return nonBlank(file, Files.readString(file).strip());
            }
            DataDir.create(dataDir);
            String key = FreshSecret.make();
            PrivateFile.write(file, key + "\n");
            return key;
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "The secret key in "
                            + file
                            + " can be neither read nor made: "
                            + Plain.reason(e)
                            + ". Make the directory writable for this user, or set SECRET_KEY.",
                    e);
        }
    }

    private static String nonBlank(Path file, String key) {
        if (key.isEmpty()) {
            throw new EmbeddedDatabaseException(
                    "The file "
                            + file
                            + " is empty. Restore it from a backup: without the old key, links in mails"
                            + " that were sent and stored passwords of mail servers are lost. To go on without them,"
                            + " delete the file.");
        }
        return key;
    }
}
