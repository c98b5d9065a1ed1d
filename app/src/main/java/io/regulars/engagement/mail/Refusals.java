package io.regulars.engagement.mail;

import io.regulars.engagement.mail.Messages.MessageClass;
import io.regulars.loyalty.members.Member;
import io.regulars.platform.db.TenantTx;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What members, or their mailboxes, have refused beside all advertising, read at once for many of
 * them: whoever plans a mail asks as whoever sends it does. Within the caller's transaction.
 */
public final class Refusals {

    private final Set<String> suppressed;
    private final Wishes wishes;

    private Refusals(Set<String> suppressed, Wishes wishes) {
        this.suppressed = suppressed;
        this.wishes = wishes;
    }

    public static Refusals of(TenantTx tx, Collection<Member> members) {
        return new Refusals(
                new Suppressions(tx)
                        .among(
                                members.stream()
                                        .flatMap(member -> Stream.ofNullable(member.email()))
                                        .toList()),
                Wishes.of(tx, members.stream().map(Member::id).toList()));
    }

    /** Why a mail of this kind would not be sent to one of these members; empty if it would. */
    public Optional<SkipReason> of(Member member, String kind, MessageClass messageClass) {
        String address = member.email();
        if (address != null && suppressed.contains(address)) {
            return Optional.of(SkipReason.SUPPRESSED);
        }
        return messageClass == MessageClass.ADVERTISING
                        && !wishes.wants(member.id(), Topic.of(kind))
                ? Optional.of(SkipReason.NO_CONSENT)
                : Optional.empty();
    }
}
