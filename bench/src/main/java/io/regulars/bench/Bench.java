package io.regulars.bench;

import io.regulars.bench.lab.Lab;

/** One thing measured, and what it is held against. */
public interface Bench {

    /** The word on the command line. */
    String name();

    /**
     * Measures. The lab is this bench's own and is closed after it.
     *
     * @throws Exception when something did not work; the report is then left as it was
     */
    Section run(Lab lab) throws Exception;
}
