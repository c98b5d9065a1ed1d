package io.regulars.engagement.mail;

import io.regulars.engagement.law.MailRules;
import io.regulars.loyalty.members.BirthDate;
import io.regulars.loyalty.members.Member;
import io.regulars.platform.time.LocalTimes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
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

        record Skip(SkipReason reason) implements Verdict {}

        /** Not before that moment: the member sleeps. */
        record Later(Instant from) implements Verdict {}

        /** Not now: the campaign is paused, or the shop has stopped all mail. */
        record Hold() implements Verdict {}
    }

    /**
     * What is known besides the message and the member.
     *
     * @param identified whether the shop says who it is; advertising must
     * @param boughtAgain whether the silence that the message is about has ended
     * @param wanted whether the member wants advertising on its topic
     * @param advertised how much advertising has gone to the address within 24 hours
     * @param planUsedUp whether the shop's plan has no mails left
     */
    record Circumstances(
            boolean campaignRuns,
            boolean sendingStopped,
            boolean identified,
            boolean suppressed,
            boolean boughtAgain,
            boolean wanted,
            int advertised,
            boolean planUsedUp,
            Instant now) {}

    /**
     * What the law asks of mail to this member.
     *
     * @param zone the member's, else the shop's
     */
    record Law(MailRules rules, ZoneId zone) {}

    static Verdict of(
            MessageRow message,
            @Nullable Member member,
            Circumstances circumstances,
            Function<Member, Law> law) {
        boolean tooLate = circumstances.now().isAfter(message.notAfter());
        if (circumstances.sendingStopped()) {
            return tooLate ? new Verdict.Skip(SkipReason.SENDING_STOPPED) : new Verdict.Hold();
        }
        if (!circumstances.campaignRuns()) {
            return tooLate ? new Verdict.Skip(SkipReason.CAMPAIGN_PAUSED) : new Verdict.Hold();
        }
        if (tooLate) {
            return new Verdict.Skip(SkipReason.TOO_LATE);
        }
        if (circumstances.boughtAgain()) {
            return new Verdict.Skip(SkipReason.BOUGHT_AGAIN);
        }
        Optional<String> address = Optional.ofNullable(member).map(Member::email);
        if (member == null || address.isEmpty()) {
            return new Verdict.Skip(SkipReason.NO_ADDRESS);
        }
        if (message.isAdvertising() && !member.marketingEmail()) {
            return new Verdict.Skip(SkipReason.NO_CONSENT);
        }
        if (circumstances.suppressed()) {
            return new Verdict.Skip(SkipReason.SUPPRESSED);
        }
        return message.isAdvertising()
                ? advertising(message, member, address.get(), circumstances, law.apply(member))
                : new Verdict.Go(member, address.get());
    }

    private static Verdict advertising(
            MessageRow message,
            Member member,
            String address,
            Circumstances circumstances,
            Law law) {
        if (!circumstances.wanted()) {
            return new Verdict.Skip(SkipReason.NO_CONSENT);
        }
        // What members must know goes out whatever the shop pays.
        if (circumstances.planUsedUp()) {
            return new Verdict.Skip(SkipReason.PLAN_LIMIT);
        }
        if (!circumstances.identified()) {
            return new Verdict.Skip(SkipReason.SENDER_IDENTITY_MISSING);
        }
        if (isTooYoung(member, law, circumstances.now())) {
            return new Verdict.Skip(SkipReason.TOO_YOUNG);
        }
        if (circumstances.advertised() >= law.rules().adsPerDay()) {
            return new Verdict.Skip(SkipReason.FREQUENCY_CAP);
        }
        Instant from = law.rules().advertisingFrom(circumstances.now(), law.zone());
        if (from.isAfter(message.notAfter())) {
            return new Verdict.Skip(SkipReason.QUIET_HOURS);
        }
        return from.isAfter(circumstances.now())
                ? new Verdict.Later(from)
                : new Verdict.Go(member, address);
    }

    private static boolean isTooYoung(Member member, Law law, Instant now) {
        BirthDate born = member.birthDate();
        return born != null
                && born.ageOn(LocalTimes.day(now, law.zone()))
                        .map(age -> age < law.rules().minimumAge())
                        .orElse(false);
    }
}
