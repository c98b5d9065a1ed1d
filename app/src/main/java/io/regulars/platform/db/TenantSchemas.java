package io.regulars.platform.db;

import io.regulars.platform.ids.TypeIds;
import io.regulars.platform.time.Clock;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and upgrades the tenants' schemas and roles. Schemas are made ahead of need, in batches:
 * making one takes a tenth of a second and more, claiming a spare one a millisecond.
 */
public final class TenantSchemas {

    private static final Logger LOG = LoggerFactory.getLogger(TenantSchemas.class);
    private static final int ROLLOUT_WORKERS = 3;
    private static final int ROLLOUT_TRIES = 5;

    private final Jdbi owner;
    private final Clock clock;
    private final TenantMigrations migrations;

    TenantSchemas(Jdbi owner, Clock clock, TenantMigrations migrations) {
        this.owner = owner;
        this.clock = clock;
        this.migrations = migrations;
    }

    /** Makes spares until there are {@code wanted}; answers how many it made. */
    public int makeSpares(int wanted) {
        List<String> made = owner.inTransaction(handle -> made(handle, wanted));
        if (!made.isEmpty()) {
            owner.useTransaction(handle -> offer(handle, made));
        }
        return made.size();
    }

    private List<String> made(Handle handle, int wanted) {
        // One node at a time; the others find the work done.
        handle.execute("select pg_advisory_xact_lock(7236742335)");
        int there =
                handle.createQuery(
                                "select count(*) from control.tenant_schema where state = 'spare' and version between :oldest and :latest")
                        .bind("oldest", migrations.oldestServed())
                        .bind("latest", migrations.latest())
                        .mapTo(int.class)
                        .one();
        List<String> names =
                IntStream.range(there, wanted)
                        .mapToObj(i -> TypeIds.format("t", TypeIds.next()))
                        .toList();
        if (!names.isEmpty()) {
            create(handle, names);
        }
        return names;
    }

    /**
     * Lets them be claimed, in a transaction after the one that made them: there is a moment in
     * which the others see what was committed and do not know yet that they may take on its role.
     */
    private static void offer(Handle handle, List<String> names) {
        handle.createUpdate(
                        """
                        update control.tenant_schema set state = 'spare', claimed_at = null, released_at = null
                         where name = any(:names)
                        """)
                .bindArray("names", String.class, names)
                .execute();
    }

    /**
     * Claims a spare schema within the caller's control transaction; during an update one that this
     * node can serve, for another may have made some of the next version.
     *
     * @return the schema's name, or empty when there is none ready
     */
    public Optional<String> claim(Handle control, Instant now) {
        return control.createQuery(
                        """
                        update control.tenant_schema set state = 'claimed', claimed_at = :now
                         where name = (select name from control.tenant_schema
                                        where state = 'spare' and version between :oldest and :latest
                                        order by created_at limit 1 for update skip locked)
                        returning name
                        """)
                .bind("now", now)
                .bind("oldest", migrations.oldestServed())
                .bind("latest", migrations.latest())
                .mapTo(String.class)
                .findOne();
    }

    /** Any change of a role makes all processes of the server list anew what they may take on. */
    void remindOf(String schema) {
        LOG.warn("schema {} was not known to be ours yet", schema);
        owner.useHandle(handle -> handle.execute("alter role " + schema + " nologin"));
    }

    /** Whether this code can serve a schema of this version. */
    public boolean serves(long version) {
        return version >= migrations.oldestServed() && version <= migrations.latest();
    }

    public long latestVersion() {
        return migrations.latest();
    }

    /**
     * What a rollout did: schemas brought up to date, and those that failed, each with its reason.
     */
    public record Rollout(int upgraded, List<String> failures) {}

    /**
     * Brings every schema that is behind up to date, each in a transaction of its own; one failure
     * stops no other.
     */
    public Rollout migrateAll() {
        List<String> behind =
                owner.withHandle(handle ->
                        handle.createQuery(
                                        "select name from control.tenant_schema where state <> 'dropped' and version < :latest"
                                                + " order by name")
                                .bind("latest", migrations.latest())
                                .mapTo(String.class)
                                .list());
        ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        Semaphore slots = new Semaphore(ROLLOUT_WORKERS);
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String schema : behind) {
                slots.acquireUninterruptibly();
                workers.execute(() -> {
                    try {
                        upgrade(schema);
                    } catch (RuntimeException e) {
                        LOG.error("schema {} was not upgraded", schema, e);
                        failures.add(schema + ": " + e.getMessage());
                        noteError(schema, e);
                    } finally {
                        slots.release();
                    }
                });
            }
        }
        return new Rollout(behind.size() - failures.size(), List.copyOf(failures));
    }

    /** How many schemas {@link #migrateAll} would upgrade. */
    public int behind() {
        return owner.withHandle(handle ->
                handle.createQuery(
                                "select count(*) from control.tenant_schema where state <> 'dropped' and version < :latest")
                        .bind("latest", migrations.latest())
                        .mapTo(int.class)
                        .one());
    }

    /**
     * Drops schemas that nobody may look into any more: those of tenants that were deleted, and
     * test sides that were emptied an hour ago, when no node remembers them.
     *
     * @return their names
     */
    public List<String> dropReleased(int atMost) {
        List<String> names =
                owner.withHandle(handle ->
                        handle.createQuery(
                                        """
                                        select s.name from control.tenant_schema s
                                         where s.state = 'claimed'
                                           and (s.released_at < :before
                                                or exists (select from control.tenant t
                                                            where t.state = 'deleted' and t.updated_at < :before
                                                              and s.name in (t.live_schema, t.test_schema)))
                                         order by s.name limit :most
                                        """)
                                .bind("before", clock.now().minus(Duration.ofHours(1)))
                                .bind("most", atMost)
                                .mapTo(String.class)
                                .list());
        return names.stream().filter(this::isDropped).toList();
    }

    /** One that somebody still looks into must not keep the others. */
    private boolean isDropped(String name) {
        try {
            drop(name);
            return true;
        } catch (RuntimeException e) {
            LOG.error("schema {} could not be dropped yet", name, e);
            return false;
        }
    }

    private void drop(String name) {
        if (!name.matches("t_[0-9a-z]{26}")) {
            throw new IllegalStateException("not a tenant schema: " + name);
        }
        owner.useTransaction(handle -> {
            handle.execute("set local lock_timeout = '5s'");
            handle.execute("drop schema if exists " + name + " cascade");
            handle.execute("drop role if exists " + name);
            handle.createUpdate(
                            "update control.tenant_schema set state = 'dropped' where name = :name")
                    .bind("name", name)
                    .execute();
        });
        LOG.info("schema {} was dropped", name);
    }

    /** Stops an old binary before it touches data that a newer one has reshaped. */
    void refuseNewerSchemas() {
        long newer =
                owner.withHandle(handle ->
                        handle.createQuery(
                                        "select count(*) from control.tenant_schema where state = 'claimed' and version > :latest")
                                .bind("latest", migrations.latest())
                                .mapTo(long.class)
                                .one());
        if (newer > 0) {
            throw new IllegalStateException(
                    newer
                            + " tenant schemas are of a newer version than this program knows; run the newer one");
        }
    }

    private void create(Handle handle, List<String> names) {
        for (String name : names) {
            handle.execute("create role " + name + " nologin noinherit");
            handle.execute("create schema " + name);
            handle.execute("revoke all on schema " + name + " from public");
            handle.execute("grant usage on schema " + name + " to " + name);
            runScript(handle, migrations.flattened(name));
        }
        // One grant for the batch: each grant statement makes every backend forget what it knows of
        // roles.
        handle.execute(
                "grant "
                        + String.join(", ", names)
                        + " to "
                        + Databases.SERVICE_ROLE
                        + " with inherit false, set true");
        // As one that was released: if this node ends before it offers them, they are dropped.
        handle.createUpdate(
                        """
                        insert into control.tenant_schema (name, state, version, created_at, claimed_at, released_at)
                        select name, 'claimed', :version, :now, :now, :now from unnest(:names) as name
                        """)
                .bind("version", migrations.latest())
                .bind("now", clock.now())
                .bindArray("names", String.class, names)
                .execute();
    }

    private void upgrade(String schema) {
        for (int attempt = 1; ; attempt++) {
            try {
                owner.useTransaction(handle -> upgrade(handle, schema));
                return;
            } catch (JdbiException | IllegalStateException e) {
                if (attempt == ROLLOUT_TRIES || !SqlErrors.isBusy(e)) {
                    throw e;
                }
                LOG.warn("schema {} is busy, trying again: {}", schema, e.getMessage());
            }
        }
    }

    private void upgrade(Handle handle, String schema) {
        handle.execute("set local lock_timeout = '" + Duration.ofSeconds(2).toMillis() + "ms'");
        long version =
                handle.createQuery(
                                "select version from control.tenant_schema where name = :schema for update")
                        .bind("schema", schema)
                        .mapTo(long.class)
                        .one();
        for (SqlFile file : migrations.after(version)) {
            runScript(handle, TenantMigrations.inSchema(file, schema));
        }
        handle.createUpdate(
                        "update control.tenant_schema set version = :version, last_error = null where name = :schema")
                .bind("version", migrations.latest())
                .bind("schema", schema)
                .execute();
    }

    private void noteError(String schema, RuntimeException e) {
        owner.useHandle(handle ->
                handle.createUpdate(
                                "update control.tenant_schema set last_error = :error where name = :schema")
                        .bind("error", String.valueOf(e.getMessage()))
                        .bind("schema", schema)
                        .execute());
    }

    private static void runScript(Handle handle, String sql) {
        // Straight to the driver: no templates or binds in DDL, and all statements in one flush.
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("migration failed: " + e.getMessage(), e);
        }
    }
}
