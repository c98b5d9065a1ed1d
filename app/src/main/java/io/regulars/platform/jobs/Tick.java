package io.regulars.platform.jobs;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/**
 * What Quartz stores as the class of every job of ours; the job's name says which one it is, and
 * the node's own registry has the object. Its own class name is in the database: do not rename.
 */
@DisallowConcurrentExecution
final class Tick implements Job {

    private final Runnable run;

    Tick(Runnable run) {
        this.run = run;
    }

    @Override
    public void execute(JobExecutionContext context) {
        run.run();
    }
}
