package io.regulars;

import io.dropwizard.servlets.tasks.Task;
import io.regulars.platform.jobs.TickJob;
import io.regulars.platform.time.Clock;
import io.regulars.platform.work.LaneWorkers;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/**
 * Moves the service's clock on, on the admin port of a service whose clock is not the world's
 * anyway: {@code POST /tasks/clock?to=2026-11-22T09:00:00Z}. Everything that ticks for campaigns
 * ticks once at the new time, and the answer comes when nothing is due any more. So a year can pass
 * in minutes, through the same work as always.
 */
final class ClockTask extends Task {

    private static final Duration AT_MOST = Duration.ofMinutes(4);

    private final Clock clock;
    private final List<TickJob> jobs;
    private final LaneWorkers workers;

    ClockTask(Clock clock, List<TickJob> jobs, LaneWorkers workers) {
        super("clock");
        this.clock = clock;
        this.jobs = List.copyOf(jobs);
        this.workers = workers;
    }

    @Override
    public void execute(Map<String, List<String>> parameters, PrintWriter output) {
        clock.moveTo(to(parameters));
        jobs.forEach(job -> job.tick(clock.now()));
        if (!workers.settle(AT_MOST)) {
            throw new IllegalStateException("what is due does not get done within " + AT_MOST);
        }
        output.println(clock.now());
    }

    private static Instant to(Map<String, List<String>> parameters) {
        List<String> values = parameters.getOrDefault("to", List.of());
        try {
            if (values.size() == 1) {
                return Instant.parse(values.getFirst());
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("to is a time like 2026-11-22T09:00:00Z", e);
        }
        throw new IllegalArgumentException("give one to");
    }
}
