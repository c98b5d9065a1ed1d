package io.regulars.loyalty.members;

import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TypeIds;
import java.util.List;
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
        MemberDao dao = new MemberDao(tx);
        dao.insertConsents(
                List.of(
                        new ConsentEvent(
                                TypeIds.next(),
                                member.id(),
                                purpose,
                                granted,
                                source,
                                wording,
                                tx.now(),
                                tx.now(),
                                recordedBy)));
        if (purpose.equals(ConsentEvent.MARKETING_EMAIL)) {
            dao.setMarketingEmail(member.id(), granted);
        }
    }

    /** Stops all advertising by e-mail; saying so twice is the same as once. */
    public static void unsubscribe(TenantTx tx, MemberId id, String source) {
        new MemberDao(tx)
                .findLocked(id)
                .filter(Member::marketingEmail)
                .ifPresent(member ->
                        record(
                                tx,
                                member,
                                ConsentEvent.MARKETING_EMAIL,
                                false,
                                source,
                                null,
                                member.id().toString()));
    }

    /** Takes a withdrawal back, from the page that the member reached by the link in a mail. */
    public static void resubscribe(TenantTx tx, MemberId id, String source, String wording) {
        new MemberDao(tx)
                .findLocked(id)
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
}
