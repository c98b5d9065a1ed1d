package io.regulars;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.lifecycle.Managed;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.db.DatabaseUrl;
import io.regulars.platform.db.Databases;
import io.regulars.platform.embedded.EmbeddedDatabase;
import io.regulars.platform.embedded.JdbcLogin;
import io.regulars.platform.embedded.SecretKeyFile;
import io.regulars.platform.secrets.SecretText;
import io.regulars.platform.time.Clock;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The database that the settings name, started with the service where they name none, and the key
 * that signs links.
 */
final class Storage implements Managed, AutoCloseable {

    private final @Nullable EmbeddedDatabase embedded;
    private final Databases databases;
    private final SecretText secretKey;

    private Storage(
            @Nullable EmbeddedDatabase embedded, Databases databases, SecretText secretKey) {
        this.embedded = embedded;
        this.databases = databases;
        this.secretKey = secretKey;
    }

    static Storage open(Settings settings, Clock clock, MetricRegistry metrics) {
        Settings.Database database = settings.database();
        SecretText key = settings.secrets().key();
        if (!database.url().isEmpty()) {
            if (key.value().isEmpty()) {
                throw new SettingsProblem(
                        "SECRET_KEY is needed with a database of your own: 32 or more random"
                                + " characters, the same on every node. For example: openssl rand -hex 32");
            }
            Optional<DatabaseUrl> app =
                    Optional.of(database.appUrl())
                            .filter(url -> !url.isEmpty())
                            .map(DatabaseUrl::parse);
            DatabaseSettings named = settings(database, DatabaseUrl.parse(database.url()), app);
            return new Storage(null, Databases.open(named, clock, metrics), key);
        }
        Path dataDir = Path.of(settings.dataDir());
        EmbeddedDatabase embedded = EmbeddedDatabase.start(dataDir);
        try {
            SecretText kept =
                    key.value().isEmpty()
                            ? new SecretText(SecretKeyFile.readOrCreate(dataDir))
                            : key;
            DatabaseSettings own =
                    settings(database, url(embedded.owner()), Optional.of(url(embedded.app())));
            return new Storage(embedded, Databases.open(own, clock, metrics), kept);
        } catch (RuntimeException e) {
            embedded.close();
            throw e;
        }
    }

    Databases databases() {
        return databases;
    }

    SecretText secretKey() {
        return secretKey;
    }

    /** The database ends last, when nobody asks it anything any more. */
    @Override
    public void stop() {
        databases.close();
        if (embedded != null) {
            embedded.close();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static DatabaseSettings settings(
            Settings.Database database, DatabaseUrl owner, Optional<DatabaseUrl> app) {
        return new DatabaseSettings(
                owner,
                app,
                database.poolSize(),
                database.statementCache(),
                database.maxConnectionAge(),
                database.tenantRoles(),
                database.spareSchemas());
    }

    private static DatabaseUrl url(JdbcLogin login) {
        return new DatabaseUrl(login.url(), login.user(), login.password());
    }
}
