package io.regulars.platform.retries;

import java.security.Principal;

/** A resource whose late repeats are answered with what has become of the thing since. */
public interface AsItIsNow {

    /**
     * @param id from the first answer
     */
    Object asItIsNow(Principal caller, String id);
}
