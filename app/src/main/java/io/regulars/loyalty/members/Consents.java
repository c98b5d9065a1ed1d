package io.regulars.loyalty.members;

import io.regulars.loyalty.members.EnrolMembers.Consent;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TypeIds;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Members' word on marketing, tracking and profiling, within the caller's transaction. */
public final class Consents {

    private Consents() {}

    /** Records the member's word; the latest one counts, the history stays. */
    public static void record(
            TenantTx tx,
            Member member,
            String purpose,
            boolean granted,
            String source,
            @Nullable String wording,
            String recordedBy) {
        record(tx, member, new Consent(purpose, granted, source, wording, null), recordedBy);
    }

    /** The same for a word with its moment. */
    static void record(TenantTx tx, Member member, Consent word, String recordedBy) {
        new ConsentDao(tx)
                .insert(
                        List.of(
                                new ConsentEvent(
                                        TypeIds.next(),
                                        member.id(),
                                        word.purpose(),
                                        word.granted(),
                                        word.source(),
                                        word.wording(),
                                        Objects.requireNonNullElse(word.at(), tx.now()),
                                        tx.now(),
                                        recordedBy)));
        if (word.purpose().equals(ConsentEvent.MARKETING_EMAIL)) {
            new MemberDao(tx).setMarketingEmail(member.id(), word.granted());
        }
    }

    /**
     * Lets those who keep something of the member hear of a no to advertising that was just
     * recorded; a second no says nothing new.
     *
     * @param before as the member was when it was recorded
     */
    static void refused(
            TenantTx tx,
            Member before,
            String purpose,
            boolean granted,
            List<Belongings> belongings) {
        if (!granted && before.marketingEmail() && purpose.equals(ConsentEvent.MARKETING_EMAIL)) {
            belongings.forEach(kind -> kind.advertisingRefused(tx, before));
        }
    }

    /** A member's latest word on a purpose. */
    public record Word(MemberId member, String purpose, boolean granted) {}

    /** The latest word of these members on each purpose that they said something about. */
    public static List<Word> latest(TenantTx tx, Collection<MemberId> members) {
        return members.isEmpty() ? List.of() : new ConsentDao(tx).latest(members);
    }

    /**
     * Stops all advertising by e-mail; saying so twice, even at once, is the same as once.
     *
     * @return the member as they were before; empty if nothing was recorded
     */
    public static Optional<Member> unsubscribe(TenantTx tx, MemberId id, String source) {
        Optional<Member> refusing = locked(tx, id).filter(Member::marketingEmail);
        refusing.ifPresent(member ->
                record(
                        tx,
                        member,
                        ConsentEvent.MARKETING_EMAIL,
                        false,
                        source,
                        null,
                        member.id().toString()));
        return refusing;
    }

    /** Takes a withdrawal back, from the page that the member reached by the link in a mail. */
    public static void resubscribe(TenantTx tx, MemberId id, String source, String wording) {
        locked(tx, id)
                .filter(member -> !member.marketingEmail())
                .ifPresent(member ->
                        record(
                                tx,
                                member,
                                ConsentEvent.MARKETING_EMAIL,
                                true,
                                source,
                                wording,
                                member.id().toString()));
    }

    /** A link in an old mail may name somebody who is part of another member by now. */
    private static Optional<Member> locked(TenantTx tx, MemberId id) {
        MemberDao dao = new MemberDao(tx);
        return dao.living(id).flatMap(member -> dao.findLocked(member.id()));
    }
}
