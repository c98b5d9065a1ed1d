package io.regulars.engagement.senderdomain;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A domain as kept.
 *
 * @param address that the shop's mail is to come from
 * @param dkimSelector under which the relay's public key stands
 * @param records what the last look at the DNS found; empty before the first
 */
record SenderDomain(
        String address,
        String dkimSelector,
        boolean verified,
        @Nullable Instant checkedAt,
        List<Finding> records) {

    /** What a record is for. */
    enum Purpose {
        OWNERSHIP,
        SPF,
        DKIM,
        DMARC
    }

    /** How it stands with a record. */
    enum Result {
        PASS,
        MISSING,
        WRONG,
        /** Nobody answered; nothing is known. */
        UNKNOWN
    }

    /**
     * A record that has to be there.
     *
     * @param expected what it must say
     * @param found what it says
     */
    record Finding(
            Purpose purpose, String name, String expected, @Nullable String found, Result result) {}

    String domain() {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    boolean passes() {
        return records.size() == Purpose.values().length
                && records.stream().allMatch(record -> record.result() == Result.PASS);
    }
}
