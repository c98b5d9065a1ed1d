package io.regulars.platform.jobs;

import io.regulars.platform.ids.TypeIds;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.simpl.SimpleThreadPool;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Makes a clustered scheduler over the service's own pool. */
final class QuartzFactory {

    private static final String CLUSTER = "regulars";
    private static final ReentrantLock REPOSITORY = new ReentrantLock();

    private QuartzFactory() {}

    static Scheduler create(DataSource pool, JobSettings settings) throws SchedulerException {
        String node = TypeIds.next().toString();
        DBConnectionManager.getInstance().addConnectionProvider(node, new PoolOfOurs(pool));
        REPOSITORY.lock();
        try {
            Scheduler scheduler =
                    new StdSchedulerFactory(properties(node, settings)).getScheduler();
            // Quartz keeps one scheduler per name and JVM, and would hand the first one to a second
            // node that lives in the same JVM, as nodes do in tests.
            SchedulerRepository.getInstance().remove(CLUSTER);
            return scheduler;
        } finally {
            REPOSITORY.unlock();
        }
    }

    private static Properties properties(String node, JobSettings settings) {
        Properties properties = new Properties();
        properties.put("org.quartz.scheduler.instanceName", CLUSTER);
        properties.put("org.quartz.scheduler.instanceId", node);
        properties.put("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        properties.put("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.put("org.quartz.threadPool.class", SimpleThreadPool.class.getName());
        properties.put("org.quartz.threadPool.threadCount", Integer.toString(settings.threads()));
        properties.put("org.quartz.threadPool.threadNamePrefix", "tick");
        properties.put("org.quartz.threadPool.makeThreadsDaemons", "true");
        String store = "org.quartz.jobStore.";
        properties.put(store + "class", JobStoreTX.class.getName());
        properties.put(store + "driverDelegateClass", PostgreSQLDelegate.class.getName());
        properties.put(store + "dataSource", node);
        properties.put(store + "tablePrefix", "quartz.qrtz_");
        properties.put(store + "useProperties", "true");
        properties.put(store + "isClustered", "true");
        properties.put(
                store + "clusterCheckinInterval", Long.toString(settings.checkIn().toMillis()));
        properties.put(store + "misfireThreshold", Long.toString(settings.lateAfter().toMillis()));
        // Without it two nodes can fire one trigger at once when its state goes there and back.
        properties.put(store + "acquireTriggersWithinLock", "true");
        return properties;
    }

    /** Opening and closing the pool is not Quartz's business. */
    private record PoolOfOurs(DataSource pool) implements ConnectionProvider {

        @Override
        public Connection getConnection() throws SQLException {
            return pool.getConnection();
        }

        @Override
        public void shutdown() {}

        @Override
        public void initialize() {}
    }
}
