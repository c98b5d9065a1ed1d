package io.regulars.platform.http;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Who acts in this thread, for records of what was done: the id of a key or a user, or the service
 * itself. Stands in the log lines of the request too.
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

    public static String current() {
        @Nullable String id = MDC.get(KEY);
        return id == null ? SERVICE : id;
    }
}
