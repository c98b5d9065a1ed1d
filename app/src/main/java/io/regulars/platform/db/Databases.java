package io.regulars.platform.db;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.util.Duration;
import io.regulars.platform.time.Clock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.postgres.PostgresPlugin;

/** The two connection pools of a node and what works over them. */
public final class Databases implements AutoCloseable {

    /**
     * Owns the rights on the control schema and may become any tenant's role, but has none of their
     * rights itself.
     */
    static final String SERVICE_ROLE = "regulars_service";

    /** How long an answer may take before the connection is given up for dead. */
    private static final Duration SERVICE_PATIENCE = Duration.seconds(60);

    /** Indexes of a large shop are built in one statement. */
    private static final Duration OWNER_PATIENCE = Duration.minutes(5);

    private final DatabaseSettings settings;
    private final ManagedDataSource ownerPool;
    private final ManagedDataSource servicePool;
    private final Jdbi ownerJdbi;
    private final ControlDb controlDb;
    private final TenantDb tenantDb;
    private final TenantSchemas schemas;

    private Databases(DatabaseSettings settings, Clock clock, MetricRegistry metrics) {
        this.settings = settings;
        this.ownerPool =
                pool(
                                settings.owner(),
                                "owner",
                                4,
                                256,
                                OWNER_PATIENCE,
                                "set search_path to pg_catalog, pg_temp",
                                settings)
                        .build(metrics, "database-owner");
        this.ownerJdbi = jdbi(ownerPool);
        this.servicePool =
                pool(
                                settings.app().orElse(settings.owner()),
                                "service",
                                settings.poolSize(),
                                settings.statementCache(),
                                SERVICE_PATIENCE,
                                "set role "
                                        + SERVICE_ROLE
                                        + "; set search_path to pg_catalog, pg_temp"
                                        // A node that the network has cut off must not keep its
                                        // locks.
                                        + "; set idle_in_transaction_session_timeout = '60s'",
                                settings)
                        .build(metrics, "database");
        // Two, because one would hand out the open handle of a tenant to whoever asks for control
        // within it.
        this.controlDb = new ControlDb(jdbi(servicePool));
        this.schemas = new TenantSchemas(ownerJdbi, clock, TenantMigrations.fromClassPath());
        this.tenantDb =
                new TenantDb(
                        jdbi(servicePool),
                        clock,
                        settings.tenantRoles(),
                        tenant -> schemas.remindOf(tenant.schema()));
    }

    /** Opens the pools, brings the control schema up to date and looks at the tenants' versions. */
    public static Databases open(DatabaseSettings settings, Clock clock, MetricRegistry metrics) {
        Databases databases = new Databases(settings, clock, metrics);
        try {
            ControlMigrations.migrate(databases.ownerPool(), settings);
            databases.schemas.refuseNewerSchemas();
            return databases;
        } catch (RuntimeException e) {
            databases.close();
            throw e;
        }
    }

    public ControlDb control() {
        return controlDb;
    }

    public TenantDb tenants() {
        return tenantDb;
    }

    public TenantSchemas schemas() {
        return schemas;
    }

    /** The pool of the role that makes and changes schemas; nothing outside this room needs it. */
    DataSource ownerPool() {
        return ownerPool;
    }

    /** The service's pool, for libraries that open connections themselves (Quartz). */
    public DataSource servicePool() {
        return servicePool;
    }

    /** Whole schemas, in and out of archives. */
    public TenantArchives archives() {
        return new TenantArchives(
                servicePool, settings.tenantRoles(), TenantMigrations.fromClassPath());
    }

    /** How many services run on this database now, as their schedulers have checked in. */
    public int nodes() {
        try (Connection connection = servicePool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select count(*) from quartz.qrtz_scheduler_state")) {
            return row.next() ? Math.max(1, row.getInt(1)) : 1;
        } catch (SQLException e) {
            return 1;
        }
    }

    /** Answers whether the database can be reached, without touching any tenant. */
    public boolean isReachable() {
        try (Connection connection = servicePool.getConnection()) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    public DatabaseSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        try {
            servicePool.stop();
            ownerPool.stop();
        } catch (Exception e) {
            throw new IllegalStateException("pools did not close", e);
        }
    }

    private static Jdbi jdbi(DataSource pool) {
        Jdbi jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
        jdbi.registerArrayType(Instant.class, "timestamptz");
        jdbi.registerArrayType(LocalDate.class, "date");
        jdbi.registerArrayType(Short.class, "smallint");
        jdbi.registerArrayType(Boolean.class, "boolean");
        jdbi.getConfig(SqlStatements.class)
                .setUnusedBindingAllowed(false)
                .setTemplateCache(TenantSqlParser.CACHE)
                .setSqlParser(new TenantSqlParser());
        // Bound values are members' names and addresses; they have no place in a log.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        return jdbi;
    }

    private static DataSourceFactory pool(
            DatabaseUrl url,
            String name,
            int size,
            int statementCache,
            Duration patience,
            String onConnect,
            DatabaseSettings settings) {
        DataSourceFactory factory = new DataSourceFactory();
        factory.setDriverClass("org.postgresql.Driver");
        factory.setUrl(url.jdbcUrl());
        factory.setUser(url.user());
        factory.setPassword(url.password());
        Map<String, String> properties = new TreeMap<>();
        properties.put("ApplicationName", "regulars-" + name);
        properties.put("preparedStatementCacheQueries", Integer.toString(statementCache));
        properties.put("preparedStatementCacheSizeMiB", "64");
        // Plan on the second use already: a till's statements come again and again.
        properties.put("prepareThreshold", "2");
        properties.put("reWriteBatchedInserts", "true");
        properties.put("socketTimeout", Long.toString(patience.toSeconds()));
        properties.put("connectTimeout", "10");
        properties.put("tcpKeepAlive", "true");
        factory.setProperties(properties);
        factory.setInitialSize(0);
        factory.setMinSize(0);
        factory.setMaxSize(size);
        factory.setMaxConnectionAge(settings.maxConnectionAge());
        factory.setMaxWaitForConnection(Duration.seconds(10));
        factory.setInitializationQuery(onConnect);
        factory.setValidationQuery("select 1");
        factory.setCheckConnectionOnBorrow(false);
        factory.setCheckConnectionWhileIdle(true);
        factory.setEvictionInterval(Duration.seconds(10));
        factory.setMinIdleTime(Duration.minutes(2));
        factory.setAutoCommitByDefault(true);
        factory.setRollbackOnReturn(true);
        factory.setLogValidationErrors(true);
        return factory;
    }
}
