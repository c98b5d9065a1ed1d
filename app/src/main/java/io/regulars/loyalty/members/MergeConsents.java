package io.regulars.loyalty.members;

import io.regulars.platform.ids.TypeIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Decides which of two members' words counts once they are one. Pure. The stricter word wins. */
final class MergeConsents {

    static final String MERGE = "merge";
    static final String UNMERGE = "unmerge";

    private MergeConsents() {}

    /**
     * What is recorded for the survivor so that the last word is the one that counts.
     *
     * @param own the survivor's history, newest first
     * @param others the other's
     * @param sameAddress whether the survivor writes under the address that the other's word was
     *     about
     */
    static List<ConsentEvent> words(
            Member survivor,
            List<ConsentEvent> own,
            List<ConsentEvent> others,
            boolean sameAddress,
            Instant now,
            String by) {
        List<ConsentEvent> words = new ArrayList<>();
        for (String purpose : MemberRequests.PURPOSES) {
            Optional<ConsentEvent> mine = last(own, purpose);
            Optional<ConsentEvent> theirs = last(others, purpose);
            if (theirs.isPresent()) {
                boolean granted =
                        theirs.get().granted()
                                && mine.map(ConsentEvent::granted)
                                        .orElse(
                                                sameAddress
                                                        || !purpose.equals(
                                                                ConsentEvent.MARKETING_EMAIL));
                boolean isSaid =
                        theirs.get().granted() == granted
                                && mine.map(word -> word.granted() == granted).orElse(true);
                if (!isSaid) {
                    words.add(word(survivor, purpose, granted, MERGE, now, by));
                }
            }
        }
        return words;
    }

    /**
     * What is recorded for the survivor when the other's words have gone back: what was recorded
     * for the merge alone no longer counts.
     *
     * @param own the survivor's history, newest first
     * @param merged what the merge recorded
     */
    static List<ConsentEvent> withdrawn(
            Member survivor, List<ConsentEvent> own, Set<UUID> merged, Instant now, String by) {
        List<ConsentEvent> words = new ArrayList<>();
        for (String purpose : MemberRequests.PURPOSES) {
            Optional<ConsentEvent> latest = last(own, purpose);
            Optional<ConsentEvent> before =
                    own.stream()
                            .filter(word ->
                                    word.purpose().equals(purpose) && !merged.contains(word.id()))
                            .findFirst();
            if (latest.isPresent()
                    && merged.contains(latest.get().id())
                    && before.isPresent()
                    && before.get().granted() != latest.get().granted()) {
                words.add(word(survivor, purpose, before.get().granted(), UNMERGE, now, by));
            }
        }
        return words;
    }

    /** Whether the last word on marketing mail is yes. */
    static boolean wantsMail(List<ConsentEvent> newestFirst) {
        return last(newestFirst, ConsentEvent.MARKETING_EMAIL)
                .map(ConsentEvent::granted)
                .orElse(false);
    }

    static ConsentEvent word(
            Member member, String purpose, boolean granted, String source, Instant now, String by) {
        return new ConsentEvent(
                TypeIds.next(), member.id(), purpose, granted, source, null, now, now, by);
    }

    private static Optional<ConsentEvent> last(List<ConsentEvent> newestFirst, String purpose) {
        return newestFirst.stream().filter(word -> word.purpose().equals(purpose)).findFirst();
    }
}
