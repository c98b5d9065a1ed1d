package io.regulars.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.MetricRegistry;
import io.regulars.platform.db.Databases;
import io.regulars.platform.time.Clock;
import io.regulars.testing.TestClock;
import io.regulars.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobSchedulerTest {

    private static final Duration OFTEN = Duration.ofMillis(200);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Clock clock = TestClock.CLOCK;
    private final MetricRegistry metrics = new MetricRegistry();
    private final List<JobScheduler> nodes = new ArrayList<>();
    private Databases databases;

    @BeforeEach
    void open() {
        databases = TestDatabase.open(clock);
    }

    @AfterEach
    void close() {
        nodes.forEach(JobScheduler::close);
        databases.close();
    }

    @Test
    void twoNodesTickTogetherAsOftenAsOne() {
        AtomicInteger ticks = new AtomicInteger();
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger mostAtOnce = new AtomicInteger();
        TickJob job =
                TickJob.of(
                        "count",
                        HOUR,
                        _ -> {
                            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                            ticks.incrementAndGet();
                            atOnce.decrementAndGet();
                        });
        Instant start = clock.now();
        Map<String, Duration> every = Map.of("count", OFTEN);
        node(every, job).start();
        node(every, job).start();
        await().until(() -> ticks.get() >= 10);
        long atMost = Duration.between(start, clock.now()).dividedBy(OFTEN) + 1;
        assertThat((long) ticks.get()).isLessThanOrEqualTo(atMost);
        assertThat(mostAtOnce).hasValue(1);
    }

    @Test
    void aTickThatFailsIsCountedAndTheNextOneComes() {
        AtomicInteger ticks = new AtomicInteger();
        node(
                        Map.of(),
                        TickJob.of(
                                "failing",
                                OFTEN,
                                _ -> {
                                    ticks.incrementAndGet();
                                    throw new IllegalStateException("no");
                                }))
                .start();
        await().until(() -> ticks.get() >= 3);
        assertThat(metrics.meter("jobs.failing.failed").getCount()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void anotherIntervalInTheCodeIsTakenOverAndAJobThatIsNoMoreIsDeleted() {
        AtomicInteger ticks = new AtomicInteger();
        TickJob gone = TickJob.of("gone", HOUR, _ -> {});
        JobScheduler before =
                node(Map.of(), gone, TickJob.of("kept", HOUR, _ -> ticks.incrementAndGet()));
        before.start();
        await().until(() -> ticks.get() == 1);
        before.stop();
        node(Map.of(), TickJob.of("kept", OFTEN, _ -> ticks.incrementAndGet())).start();
        await().until(() -> ticks.get() >= 4);
        assertThat(storedJobs()).containsExactly("kept");
    }

    @Test
    void aRestartDoesNotTickAheadOfTime() {
        AtomicInteger ticks = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        TickJob hourly = TickJob.of("hourly", HOUR, _ -> ticks.incrementAndGet());
        JobScheduler before = node(Map.of(), hourly);
        before.start();
        await().until(() -> ticks.get() == 1);
        before.stop();
        node(Map.of(), hourly, TickJob.of("often", OFTEN, _ -> others.incrementAndGet())).start();
        await().until(() -> others.get() >= 3);
        assertThat(ticks).hasValue(1);
    }

    @Test
    void aJobThatADeadNodeWasRunningTicksAgain() {
        AtomicInteger ticks = new AtomicInteger();
        TickJob job = TickJob.of("orphan", OFTEN, _ -> ticks.incrementAndGet());
        JobScheduler before = node(Map.of(), job);
        before.start();
        await().until(() -> ticks.get() >= 1);
        before.stop();
        leaveAsARunningNodeThatDied();
        int until = ticks.get();
        node(Map.of(), job).start();
        await().until(() -> ticks.get() > until);
    }

    @Test
    void aStopWaitsForARunningTickButNotForEver() throws InterruptedException {
        CountDownLatch inTick = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        JobScheduler node =
                node(
                        Map.of(),
                        TickJob.of(
                                "slow",
                                HOUR,
                                _ -> {
                                    inTick.countDown();
                                    waitFor(never);
                                    done.countDown();
                                }));
        node.start();
        assertThat(inTick.await(10, TimeUnit.SECONDS)).isTrue();
        node.stop();
        assertThat(done.getCount()).isEqualTo(1);
        never.countDown();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aStopLetsARunningTickEnd() throws InterruptedException {
        CountDownLatch inTick = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        JobScheduler node =
                node(
                        Map.of(),
                        TickJob.of(
                                "short",
                                HOUR,
                                _ -> {
                                    inTick.countDown();
                                    waitFor(goOn);
                                    done.incrementAndGet();
                                }));
        node.start();
        assertThat(inTick.await(10, TimeUnit.SECONDS)).isTrue();
        Thread stopping = Thread.ofVirtual().start(node::stop);
        goOn.countDown();
        stopping.join();
        assertThat(done).hasValue(1);
    }

    private JobScheduler node(Map<String, Duration> every, TickJob... jobs) {
        JobSettings settings =
                new JobSettings(
                        2,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        every);
        JobScheduler node =
                new JobScheduler(databases.servicePool(), List.of(jobs), clock, metrics, settings);
        nodes.add(node);
        return node;
    }

    private List<String> storedJobs() {
        return databases
                .control()
                .inTransaction(handle ->
                        handle.createQuery("select job_name from quartz.qrtz_job_details")
                                .mapTo(String.class)
                                .list());
    }

    /** The rows as a node leaves them that is killed in the middle of a tick. */
    private void leaveAsARunningNodeThatDied() {
        databases
                .control()
                .run(handle -> {
                    handle.execute("update quartz.qrtz_triggers set trigger_state = 'BLOCKED'");
                    handle.execute(
                            "update quartz.qrtz_scheduler_state set instance_name = 'dead', last_checkin_time = 1");
                    handle.execute(
                            """
                            insert into quartz.qrtz_fired_triggers
                                   (sched_name, entry_id, trigger_name, trigger_group, instance_name,
                                    fired_time, sched_time, priority, state, job_name, job_group,
                                    is_nonconcurrent, requests_recovery)
                            select sched_name, 'dead1', trigger_name, trigger_group, 'dead',
                                   1, 1, priority, 'EXECUTING', job_name, job_group, true, false
                              from quartz.qrtz_triggers
                            """);
                });
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
