package io.regulars.engagement.mail;

import io.regulars.loyalty.members.Consents;
import io.regulars.loyalty.members.Consents.Word;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.TenantTx;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What members said beside yes and no to all advertising: the topics that they do not want, and
 * whether their clicks may be counted. Within the caller's transaction.
 */
public final class Wishes {

    private static final String TOPIC = "topic:";
    private static final String TRACKING = "tracking";

    private final Map<UUID, Set<Topic>> unwanted = new HashMap<>();
    private final Map<UUID, Boolean> tracking = new HashMap<>();

    private Wishes() {}

    /** The latest word of each of these members on each of these. */
    public static Wishes of(TenantTx tx, Collection<MemberId> members) {
        Wishes wishes = new Wishes();
        for (Word word : Consents.latest(tx, members)) {
            UUID member = word.member().uuid();
            if (word.purpose().equals(TRACKING)) {
                wishes.tracking.put(member, word.granted());
            } else if (word.purpose().startsWith(TOPIC) && !word.granted()) {
                Topic.named(word.purpose().substring(TOPIC.length()))
                        .ifPresent(topic ->
                                wishes.unwanted
                                        .computeIfAbsent(member, _ -> EnumSet.noneOf(Topic.class))
                                        .add(topic));
            }
        }
        return wishes;
    }

    /** A member may want offers and no news. */
    public boolean wants(MemberId member, Topic topic) {
        return !unwanted.getOrDefault(member.uuid(), Set.of()).contains(topic);
    }

    boolean letsClicksBeCounted(MemberId member) {
        return tracking.getOrDefault(member.uuid(), false);
    }

    /** Records which topics a member wants from now on; what is as before is not said again. */
    public static void choose(TenantTx tx, MemberId id, Set<Topic> wanted, String source) {
        Optional<Member> member = MemberDirectory.find(tx, id);
        if (member.isEmpty()) {
            return;
        }
        Wishes before = of(tx, List.of(member.get().id()));
        for (Topic topic : Topic.values()) {
            boolean now = wanted.contains(topic);
            if (now != before.wants(member.get().id(), topic)) {
                Consents.record(
                        tx,
                        member.get(),
                        TOPIC + topic.key(),
                        now,
                        source,
                        null,
                        member.get().id().toString());
            }
        }
    }
}
