package io.regulars.loyalty.referrals;

import io.regulars.loyalty.members.Member;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether two members look like one person. Pure. */
final class SamePerson {

    private SamePerson() {}

    /** Why the friend looks like the referrer. */
    static Optional<String> reason(Member referrer, Member friend) {
        if (referrer.id().equals(friend.id())) {
            return Optional.of("same_member");
        }
        if (isSame(mailbox(referrer.email()), mailbox(friend.email()))) {
            return Optional.of("same_email");
        }
        return isSame(referrer.phone(), friend.phone())
                ? Optional.of("same_phone")
                : Optional.empty();
    }

    /**
     * The address without what many providers pass over: dots in the name, and what follows a plus.
     */
    static @Nullable String mailbox(@Nullable String email) {
        if (email == null || email.indexOf('@') < 0) {
            return email;
        }
        int at = email.lastIndexOf('@');
        return name(email, at).replace(".", "") + email.substring(at).toLowerCase(Locale.ROOT);
    }

    /** Other spellings under which the same mailbox may have become a member before. */
    static List<String> spellings(@Nullable String email) {
        if (email == null || email.indexOf('@') < 0) {
            return List.of();
        }
        int at = email.lastIndexOf('@');
        String host = email.substring(at);
        String name = name(email, at);
        return List.of(name + host, name.replace(".", "") + host);
    }

    private static String name(String email, int at) {
        String name = email.substring(0, at).toLowerCase(Locale.ROOT);
        int plus = name.indexOf('+');
        return plus > 0 ? name.substring(0, plus) : name;
    }

    private static boolean isSame(@Nullable String one, @Nullable String other) {
        return one != null && one.equals(other);
    }
}
