package io.regulars.engagement.mail;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a member may want of a shop's advertising, and what not. */
public enum Topic {
    OCCASIONS("birthday", "anniversary"),
    OVERVIEW("monthly_progress"),
    OFFERS("win_back", "welcome", "thank_you", "tier_changed"),
    SURVEYS("nps"),
    NEWS("broadcast");

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final Set<String> kinds;

    Topic(String... kinds) {
        this.kinds = Set.of(kinds);
    }

    /** What a kind of message is about; what is none of the others is an offer. */
    static Topic of(String kind) {
        return Arrays.stream(values())
                .filter(topic -> topic.kinds.contains(kind))
                .findFirst()
                .orElse(OFFERS);
    }

    /** As forms and the history of consents name it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Topic> named(String key) {
        return Arrays.stream(values()).filter(topic -> topic.key().equals(key)).findFirst();
    }
}
