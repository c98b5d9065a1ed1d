package io.regulars.engagement.mail;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a message is not sent. */
public enum SkipReason {
    NO_CONSENT("the member has not agreed to marketing mail, or not to this kind of it"),
    NO_ADDRESS("there is no e-mail address"),
    TOO_YOUNG("the member is below the age limit of your country or their own"),
    SUPPRESSED(
            "the address is suppressed: it refused mail, a complaint came from it, or it was entered by hand"),
    FREQUENCY_CAP("the member has enough other advertising mail at that time"),
    HOLDOUT("the member is held out, to compare the others with"),
    BUDGET_SPENT("all offers of the budget have been given"),
    NOT_IN_SEGMENT("the member is not in the campaign's segment"),
    BOUGHT_AGAIN("the member bought in the meantime"),
    TOO_LATE("it was too late in the day before it could leave"),
    QUIET_HOURS("the quiet hours began before it could leave"),
    CAMPAIGN_PAUSED("the campaign was paused or cancelled for too long"),
    SENDING_STOPPED("you had stopped all mail for too long"),
    SENDER_IDENTITY_MISSING(
            "your profile did not say who you are: legal name, postal address and e-mail"),
    PLAN_LIMIT("your plan had no mails left in that month"),
    FIRST_SENDS("a new shop sends few mails a day, and there was no room for this one in time");

    private final String sentence;

    SkipReason(String sentence) {
        this.sentence = sentence;
    }

    /** As it stands in a message. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What follows "because". */
    public String sentence() {
        return sentence;
    }

    public static Optional<SkipReason> named(String key) {
        return Arrays.stream(values()).filter(reason -> reason.key().equals(key)).findFirst();
    }
}
