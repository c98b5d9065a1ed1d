package io.regulars.platform.embedded;

import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.db.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The database that a service in another process has started for itself. */
public final class RunningDatabase {

    /** Of postmaster.pid, counted from nought. */
    private static final int LINE_WITH_THE_PORT = 3;

    private RunningDatabase() {}

    /** The logins which that service uses. */
    public static DatabaseSettings in(Path dataDir) throws IOException {
        Path file = dataDir.resolve(EmbeddedDatabase.CLUSTER).resolve(PostmasterPid.FILE);
        String port = Files.readAllLines(file).get(LINE_WITH_THE_PORT).strip();
        Logins logins = new Logins(Integer.parseInt(port), Passwords.read(dataDir));
        return DatabaseSettings.defaults(url(logins.owner()), Optional.of(url(logins.app())));
    }

    private static DatabaseUrl url(JdbcLogin login) {
        return new DatabaseUrl(login.url(), login.user(), login.password());
    }
}
