package io.regulars;

import io.regulars.platform.jobs.JobScheduler;
import io.regulars.platform.jobs.JobSettings;
import io.regulars.platform.jobs.TickJob;
import io.regulars.platform.retries.Retries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What ticks: campaigns, and all that is tidied, counted or checked now and then. */
final class Clockwork {

    private final Rooms rooms;
    private final Retries retries;

    Clockwork(Rooms rooms, Retries retries) {
        this.rooms = rooms;
        this.retries = retries;
    }

    JobScheduler scheduler(Settings settings) {
        List<TickJob> jobs = new ArrayList<>(rooms.engagement().jobs());
        Duration tick = Duration.ofMillis(settings.jobs().tick().toMilliseconds());
        Map<String, Duration> every =
                jobs.stream().collect(Collectors.toMap(TickJob::name, job -> tick));
        jobs.addAll(Housekeeping.jobs(rooms.workers(), rooms.tenancy().directory(), tidying()));
        jobs.add(
                new RetentionJob(
                        settings.retention(),
                        rooms.databases().control(),
                        rooms.databases().tenants(),
                        rooms.tenancy().directory(),
                        rooms.billing(),
                        rooms.clock()));
        jobs.addAll(rooms.plans().jobs());
        jobs.addAll(rooms.billing().jobs());
        jobs.add(
                new ReconcileJob(
                        rooms.tenancy().directory(), rooms.loyalty().checkShop(), rooms.metrics()));
        JobSettings usual = JobSettings.defaults();
        return new JobScheduler(
                rooms.databases().servicePool(),
                jobs,
                rooms.clock(),
                rooms.metrics(),
                new JobSettings(
                        usual.threads(),
                        usual.lateAfter(),
                        usual.checkIn(),
                        usual.stopWait(),
                        every));
    }

    /** What is tidied up now and then. */
    private Housekeeping.Tidying tidying() {
        return new Housekeeping.Tidying(
                () -> {
                    retries.purgeControl();
                    rooms.tenancy().forgetStale();
                    rooms.tenancy().endTenants();
                },
                side -> {
                    rooms.databases().tenants().inTransaction(side, retries::purge);
                    rooms.edge().sweep().accept(side);
                    rooms.databases()
                            .tenants()
                            .run(side, rooms.loyalty().ownCard()::forgetUnconfirmed);
                    rooms.ownerLetters().planIfDue(side);
                });
    }
}
