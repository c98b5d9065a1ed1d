package io.regulars.platform.jobs;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import io.dropwizard.lifecycle.Managed;
import io.regulars.platform.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.SimpleTrigger;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.spi.TriggerFiredBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the jobs tick: each at its interval, once in the cluster, beginning at once where its
 * trigger is new. What is stored follows the code: new intervals are taken over, jobs that are no
 * more are deleted. The triggers run on the machines' clocks, which may differ by a second at most;
 * jobs are told the service's own time.
 */
public final class JobScheduler implements Managed, AutoCloseable {

    /** To write down that a tick has ended takes milliseconds, if the database is there. */
    private static final Duration BOOKING = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(JobScheduler.class);
    private static final String GROUP = "ticks";

    private final Map<String, TickJob> jobs;
    private final Clock clock;
    private final MetricRegistry metrics;
    private final JobSettings settings;
    private final RunningTicks running = new RunningTicks();
    private final Scheduler scheduler;

    public JobScheduler(
            DataSource pool,
            List<TickJob> jobs,
            Clock clock,
            MetricRegistry metrics,
            JobSettings settings) {
        this.jobs = jobs.stream().collect(Collectors.toMap(TickJob::name, Function.identity()));
        this.clock = clock;
        this.metrics = metrics;
        this.settings = settings;
        try {
            this.scheduler = QuartzFactory.create(pool, settings);
            this.scheduler.setJobFactory((bundle, _) -> tick(bundle));
        } catch (SchedulerException e) {
            throw new IllegalStateException("the job scheduler could not be made", e);
        }
    }

    @Override
    public void start() {
        try {
            for (TickJob job : jobs.values()) {
                store(job);
            }
            deleteUnknown();
            scheduler.start();
        } catch (SchedulerException e) {
            throw new IllegalStateException("the job scheduler does not start", e);
        }
    }

    /** Fires nothing more, and gives running ticks a bounded time to end. */
    @Override
    public void stop() {
        try {
            if (scheduler.isShutdown()) {
                return;
            }
            scheduler.standby();
            boolean idle = running.awaitNone(settings.stopWait());
            if (!idle) {
                LOG.warn("a tick is still running; another node will take over");
            }
            shutDown(idle);
        } catch (SchedulerException e) {
            LOG.warn("the job scheduler did not stop cleanly: {}", e.toString());
        }
    }

    /**
     * In a thread of its own, because Quartz waits without end for the last tick to be booked where
     * the database is gone; what was not booked another node recovers.
     */
    private void shutDown(boolean idle) {
        Thread stopping =
                Thread.ofPlatform()
                        .daemon()
                        .name("jobs-stop")
                        .start(() -> {
                            try {
                                scheduler.shutdown(idle);
                            } catch (SchedulerException e) {
                                LOG.warn(
                                        "the job scheduler did not stop cleanly: {}", e.toString());
                            }
                        });
        try {
            if (!stopping.join(BOOKING)) {
                LOG.warn("the last tick could not be booked; another node will recover it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private Tick tick(TriggerFiredBundle fired) {
        String name = fired.getJobDetail().getKey().getName();
        TickJob job = jobs.get(name);
        if (job == null) {
            // A newer node has brought it. To throw here would put its trigger out of order for
            // all.
            return new Tick(() -> LOG.warn("job {} is not known to this node; skipped", name));
        }
        return new Tick(() -> running.run(() -> run(job)));
    }

    private void run(TickJob job) {
        Timer timer = metrics.timer(MetricRegistry.name("jobs", job.name()));
        Meter failed = metrics.meter(MetricRegistry.name("jobs", job.name(), "failed"));
        try (Timer.Context _ = timer.time()) {
            job.tick(clock.now());
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            failed.mark();
            LOG.error("tick of {} failed; the next one comes as usual", job.name(), e);
        }
    }

    private void store(TickJob job) throws SchedulerException {
        JobDetail detail =
                JobBuilder.newJob(Tick.class)
                        .withIdentity(job.name(), GROUP)
                        .storeDurably()
                        .build();
        scheduler.addJob(detail, true);
        Trigger trigger = trigger(job);
        Optional<Duration> stored = storedInterval(trigger.getKey());
        if (stored.isEmpty()) {
            schedule(trigger);
        } else if (!stored.get().equals(settings.intervalOf(job))) {
            scheduler.rescheduleJob(trigger.getKey(), trigger);
        }
    }

    private void schedule(Trigger trigger) throws SchedulerException {
        try {
            scheduler.scheduleJob(trigger);
        } catch (ObjectAlreadyExistsException e) {
            LOG.debug("another node has just stored {}", trigger.getKey());
        }
    }

    private Optional<Duration> storedInterval(TriggerKey key) throws SchedulerException {
        return scheduler.getTrigger(key) instanceof SimpleTrigger simple
                ? Optional.of(Duration.ofMillis(simple.getRepeatInterval()))
                : Optional.empty();
    }

    private SimpleTrigger trigger(TickJob job) {
        return TriggerBuilder.newTrigger()
                .withIdentity(job.name(), GROUP)
                .forJob(job.name(), GROUP)
                .withSchedule(
                        SimpleScheduleBuilder.simpleSchedule()
                                .withIntervalInMilliseconds(settings.intervalOf(job).toMillis())
                                .repeatForever()
                                // After a pause: once at once, then as usual.
                                .withMisfireHandlingInstructionNowWithExistingCount())
                .build();
    }

    private void deleteUnknown() throws SchedulerException {
        Set<JobKey> unknown =
                new HashSet<>(scheduler.getJobKeys(GroupMatcher.jobGroupEquals(GROUP)));
        unknown.removeIf(key -> jobs.containsKey(key.getName()));
        for (JobKey key : unknown) {
            LOG.info("job {} is no more", key.getName());
            scheduler.deleteJob(key);
        }
    }
}
