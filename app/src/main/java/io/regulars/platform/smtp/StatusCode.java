package io.regulars.platform.smtp;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What mail servers' codes say of an address (RFC 3463, RFC 5321). Pure. */
final class StatusCode {

    /**
     * Addresses that do not exist, or are given up. A full mailbox, a mail too large, a server in
     * trouble and a matter of policy pass; 5.1.7 and 5.1.8 are faults of the sender's address.
     */
    private static final Pattern HARD =
            Pattern.compile("5\\.(0\\.0|1\\.([0-69]|1[0-9])|2\\.[01]|4\\.4|5\\.0)");

    /** Digits that are no part of an address such as 5.9.20.1. */
    private static final Pattern ENHANCED =
            Pattern.compile("(?<![0-9.])5\\.[0-9]{1,3}\\.[0-9]{1,3}(?!\\.?[0-9])");

    /**
     * No such mailbox, user not here, name not allowed. The others are about room, syntax or the
     * whole dialogue.
     */
    private static final Set<Integer> ABOUT_THE_ADDRESS = Set.of(550, 551, 553);

    private StatusCode() {}

    /** Whether an enhanced code says that the address does not work, and will not. */
    static boolean isHard(String enhanced) {
        return HARD.matcher(enhanced).matches();
    }

    /** The same of a reply to a recipient: by its enhanced code, if it has one. */
    static boolean isHard(int code, String reply) {
        return enhanced(reply)
                .map(StatusCode::isHard)
                .orElseGet(() -> ABOUT_THE_ADDRESS.contains(code));
    }

    private static Optional<String> enhanced(String reply) {
        Matcher found = ENHANCED.matcher(reply);
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }
}
