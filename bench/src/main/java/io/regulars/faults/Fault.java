package io.regulars.faults;

import io.regulars.bench.lab.Lab;

/** One thing that goes wrong, and what is left afterwards. */
interface Fault {

    /** The word on the command line. */
    String name();

    /**
     * Breaks it. The lab is this fault's own and is closed after it.
     *
     * @throws Exception when something did not work that is not the service; the report is then
     *     left as it was
     */
    Finding run(Lab lab) throws Exception;
}
