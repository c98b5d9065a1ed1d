package io.regulars.engagement.campaigns;

import io.regulars.engagement.mail.Messages.MessageClass;
import io.regulars.engagement.mail.SkipReason;
import io.regulars.loyalty.members.BirthDate;
import io.regulars.loyalty.members.Member;
import java.time.LocalDate;
import java.util.Optional;

/** Whether a member who is due may be written to. Pure. */
final class Screening {

    private Screening() {}

    /**
     * Why not; empty for somebody who may.
     *
     * @param minimumAge below it nobody is sent advertising
     */
    static Optional<SkipReason> refuse(
            Member member, MessageClass messageClass, LocalDate day, int minimumAge) {
        boolean advertising = messageClass == MessageClass.ADVERTISING;
        if (advertising && !member.marketingEmail()) {
            return Optional.of(SkipReason.NO_CONSENT);
        }
        if (member.email() == null) {
            return Optional.of(SkipReason.NO_ADDRESS);
        }
        BirthDate born = member.birthDate();
        boolean tooYoung =
                born != null && born.ageOn(day).map(age -> age < minimumAge).orElse(false);
        return advertising && tooYoung ? Optional.of(SkipReason.TOO_YOUNG) : Optional.empty();
    }
}
