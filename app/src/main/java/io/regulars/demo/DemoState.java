package io.regulars.demo;

import org.jspecify.annotations.Nullable;

/**
 * What a later start needs to find the shop again, or to go on where an earlier one was stopped.
 *
 * @param source the simulator, or whose file it is
 * @param fingerprint of the file, as it was brought in
 * @param today the day on which the members' birthdays were laid
 * @param campaign its id once it is active
 * @param report once all is done
 */
record DemoState(
        String tenant,
        String liveKey,
        @Nullable String testKey,
        String ownerEmail,
        String ownerPassword,
        String source,
        String fingerprint,
        String timeZone,
        String today,
        @Nullable String campaign,
        @Nullable String mailsLeaveAt,
        @Nullable DemoReport report) {

    DemoState withCampaign(String id, String at) {
        return new DemoState(
                tenant,
                liveKey,
                testKey,
                ownerEmail,
                ownerPassword,
                source,
                fingerprint,
                timeZone,
                today,
                id,
                at,
                report);
    }

    DemoState finished(DemoReport outcome, String fingerprintNow) {
        return new DemoState(
                tenant,
                liveKey,
                testKey,
                ownerEmail,
                ownerPassword,
                source,
                fingerprintNow,
                timeZone,
                today,
                campaign,
                mailsLeaveAt,
                outcome);
    }
}
