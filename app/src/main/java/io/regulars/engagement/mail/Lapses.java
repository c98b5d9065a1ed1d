package io.regulars.engagement.mail;

import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.purchases.SilentBuyers;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Silences that ended between the planning of a win-back and its hand-over. */
final class Lapses {

    private Lapses() {}

    /** Those of these messages whose member has bought after the purchase that they are about. */
    static Set<UUID> ended(TenantTx tx, List<MessageRow> messages, Map<UUID, Member> members) {
        List<MessageRow> winBacks =
                messages.stream()
                        .filter(message -> message.occurrence().startsWith(Messages.LAPSE))
                        .toList();
        Map<UUID, Instant> last =
                SilentBuyers.lastPurchases(
                        tx, winBacks.stream().map(message -> message.memberId().uuid()).toList());
        return winBacks.stream()
                .filter(message -> {
                    UUID member = message.memberId().uuid();
                    ZoneId zone = zone(members.get(member), tx.tenant().zone());
                    Instant bought = last.get(member);
                    return bought != null && LocalTimes.day(bought, zone).isAfter(about(message));
                })
                .map(message -> message.id().uuid())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static LocalDate about(MessageRow message) {
        return LocalDate.parse(message.occurrence().substring(Messages.LAPSE.length()));
    }

    private static ZoneId zone(@Nullable Member member, ZoneId shops) {
        return member == null || member.timeZone() == null ? shops : ZoneId.of(member.timeZone());
    }
}
