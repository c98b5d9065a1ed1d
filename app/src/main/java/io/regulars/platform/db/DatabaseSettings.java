package io.regulars.platform.db;

import io.dropwizard.util.Duration;
import java.util.Optional;

/**
 * How the service uses its database.
 *
 * @param owner creates and migrates; owns all schemas and the tenants' roles
 * @param app the service's own weaker login; absent: the owner's, which then steps down on every
 *     connection
 * @param poolSize connections for requests and jobs; small, because each remembers every table it
 *     ever touched
 * @param statementCache server-prepared statements kept per connection; qualified SQL makes one per
 *     tenant and statement
 * @param maxConnectionAge after which a connection is replaced, giving its memory back
 * @param tenantRoles off only for engines that open worker connections as the effective role
 * @param spareSchemas how many schemas are kept ready for the next signups
 */
public record DatabaseSettings(
        DatabaseUrl owner,
        Optional<DatabaseUrl> app,
        int poolSize,
        int statementCache,
        Duration maxConnectionAge,
        boolean tenantRoles,
        int spareSchemas) {

    public static DatabaseSettings defaults(DatabaseUrl owner, Optional<DatabaseUrl> app) {
        return new DatabaseSettings(owner, app, 12, 2048, Duration.minutes(20), true, 8);
    }
}
