package io.regulars.platform.http;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Who acts in this thread, for records of what was done: the id of a key, a user or a member, or
 * the service itself. Stands in the log lines of the request too.
 */
public final class Actors {

    /** What nobody asked for at this moment: jobs, the operator's commands. */
    public static final String SERVICE = "service";

    private static final String KEY = "actor";

    private Actors() {}

    public static void enter(String id) {
        MDC.put(KEY, id);
    }

    public static void leave() {
        MDC.remove(KEY);
    }

    /** Has this done in the name of somebody who needs no key for it: a member on a page. */
    public static void as(String id, Runnable work) {
        @Nullable String before = MDC.get(KEY);
        MDC.put(KEY, id);
        try {
            work.run();
        } finally {
            if (before == null) {
                MDC.remove(KEY);
            } else {
                MDC.put(KEY, before);
            }
        }
    }

    public static String current() {
        @Nullable String id = MDC.get(KEY);
        return id == null ? SERVICE : id;
    }
}
