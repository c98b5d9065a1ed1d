package io.regulars.platform.embedded;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * The passwords of the three logins, in a file for this user's eyes only. It is written before the
 * database is made, so that no moment exists in which the database would have to trust anybody.
 */
record Passwords(String superuser, String owner, String app) {
    static final String FILE = "postgres-passwords";

    static Passwords make() {
        return new Passwords(FreshSecret.make(), FreshSecret.make(), FreshSecret.make());
    }

    void write(Path dataDir) throws IOException {
        List<String> lines =
                List.of(
                        "# The logins of the database in this directory. Keep this file with every backup of it.",
                        Logins.SUPERUSER + "=" + superuser,
                        Logins.OWNER + "=" + owner,
                        Logins.APP + "=" + app,
                        "");
        PrivateFile.write(dataDir.resolve(FILE), String.join("\n", lines));
    }

    static Passwords read(Path dataDir) throws IOException {
        Path file = dataDir.resolve(FILE);
        if (!Files.exists(file)) {
            throw new EmbeddedDatabaseException(
                    "There is a database in "
                            + dataDir
                            + ", but the file with its passwords"
                            + " ("
                            + FILE
                            + ") is gone. Restore that file from a backup.");
        }
        Properties lines = new Properties();
        lines.load(new StringReader(Files.readString(file)));
        return new Passwords(
                required(lines, Logins.SUPERUSER, file),
                required(lines, Logins.OWNER, file),
                required(lines, Logins.APP, file));
    }

    private static String required(Properties lines, String role, Path file) {
        String password = lines.getProperty(role, "");
        if (password.isEmpty()) {
            throw new EmbeddedDatabaseException(
                    "The file "
                            + file
                            + " has no password for "
                            + role
                            + ". Restore it from a backup.");
        }
        return password;
    }

    /** The record's own would print them. */
    @Override
    public String toString() {
        return "Passwords[hidden]";
    }
}
