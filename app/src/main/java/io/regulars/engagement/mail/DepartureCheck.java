package io.regulars.engagement.mail;

import io.regulars.loyalty.members.Member;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a message may leave now: asked at the moment of hand-over, for much may have changed
 * since it was planned.
 */
final class DepartureCheck {

    private DepartureCheck() {}

    /** The answer. */
    sealed interface Verdict {

        /**
         * @param address where to
         */
        record Go(Member member, String address) implements Verdict {}

        record Skip(String reason) implements Verdict {}

        /** Not now: the campaign is paused, or the shop has stopped all mail. */
        record Hold() implements Verdict {}
    }

    /**
     * What is known besides the message and the member.
     *
     * @param boughtAgain whether the silence that the message is about has ended
     * @param planUsedUp whether the shop's plan has no mails left
     */
    record Circumstances(
            boolean campaignRuns,
            boolean sendingStopped,
            boolean suppressed,
            boolean boughtAgain,
            boolean planUsedUp,
            Instant now) {}

    static Verdict of(MessageRow message, @Nullable Member member, Circumstances circumstances) {
        boolean tooLate = circumstances.now().isAfter(message.notAfter());
        if (circumstances.sendingStopped()) {
            return tooLate ? new Verdict.Skip("sending_stopped") : new Verdict.Hold();
        }
        if (!circumstances.campaignRuns()) {
            return tooLate ? new Verdict.Skip("campaign_paused") : new Verdict.Hold();
        }
        if (tooLate) {
            return new Verdict.Skip("too_late");
        }
        if (circumstances.boughtAgain()) {
            return new Verdict.Skip("bought_again");
        }
        Optional<String> address = Optional.ofNullable(member).map(Member::email);
        if (member == null || address.isEmpty()) {
            return new Verdict.Skip("no_address");
        }
        if (message.isAdvertising() && !member.marketingEmail()) {
            return new Verdict.Skip("no_consent");
        }
        if (circumstances.suppressed()) {
            return new Verdict.Skip("suppressed");
        }
        // What members must know goes out whatever the shop pays.
        return message.isAdvertising() && circumstances.planUsedUp()
                ? new Verdict.Skip("plan_limit")
                : new Verdict.Go(member, address.get());
    }
}
