package io.regulars.edge.join;

import io.regulars.edge.join.Doors.Door;
import io.regulars.edge.pages.BrandStyle;
import io.regulars.edge.pages.HeldVoucher;
import io.regulars.edge.pages.Language;
import io.regulars.edge.pages.MemberAnswers;
import io.regulars.edge.pages.Pages;
import io.regulars.loyalty.members.JoinProgram;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberLinks;
import io.regulars.loyalty.members.MemberLinks.Holder;
import io.regulars.loyalty.members.MemberLinks.Proof;
import io.regulars.loyalty.rewards.Wallet;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.Clock;
import jakarta.ws.rs.core.Response;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the mail leads that a new member gets. The button, and not the link, says that the address
 * is theirs; then they are welcomed, and see what they got for it.
 */
final class ConfirmJoinPage implements MemberAnswers {

    private final Pages pages;
    private final Doors doors;
    private final JoinModel models;
    private final Joining joining;
    private final Clock clock;

    /** What confirming does, and what the page shows then. */
    record Joining(JoinProgram joinProgram, MemberLinks links, Wallet wallet) {}

    ConfirmJoinPage(Pages pages, Doors doors, JoinModel models, Joining joining, Clock clock) {
        this.pages = pages;
        this.doors = doors;
        this.models = models;
        this.joining = joining;
        this.clock = clock;
    }

    /** How it stands with somebody who was asked. */
    private record Standing(
            Member member, boolean pending, boolean justNow, List<Wallet.Held> gifts) {}

    @Override
    public Optional<Response> show(String token, @Nullable String acceptLanguage) {
        return answer(token, acceptLanguage, false);
    }

    @Override
    public Optional<Response> act(String token, @Nullable String acceptLanguage) {
        return answer(token, acceptLanguage, true);
    }

    private Optional<Response> answer(
            String token, @Nullable String acceptLanguage, boolean confirm) {
        return joining.links()
                .readConfirm(token, clock.now())
                .map(proof -> answer(proof, acceptLanguage, confirm));
    }

    private Response answer(Proof proof, @Nullable String acceptLanguage, boolean confirm) {
        Holder holder = proof.holder();
        Optional<Door> door = doors.find(holder.tenant(), holder.side());
        Optional<Standing> standing =
                door.flatMap(found -> doors.within(found, tx -> standing(tx, proof, confirm)));
        if (door.isEmpty() || standing.isEmpty()) {
            return pages.answer(410, Language.asked(acceptLanguage), "card_unknown", Map.of());
        }
        return page(door.get(), standing.get(), acceptLanguage);
    }

    /** Empty for a link that is void, as a card's is, and for one sent to another address. */
    private Optional<Standing> standing(TenantTx tx, Proof proof, boolean confirm) {
        Holder holder = proof.holder();
        Optional<Member> found =
                MemberDirectory.byCard(tx, holder.member(), holder.epoch())
                        .filter(member -> joining.links().isAddress(proof, member));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Member member = found.get();
        boolean justNow = confirm && joining.joinProgram().confirm(tx, member);
        boolean pending = !justNow && JoinProgram.isPending(tx, member.id());
        List<Wallet.Held> gifts = pending ? List.of() : joining.wallet().of(tx, member.id());
        return Optional.of(new Standing(member, pending, justNow, gifts));
    }

    private Response page(Door door, Standing standing, @Nullable String acceptLanguage) {
        Member member = standing.member();
        Language language =
                Language.of(acceptLanguage, member.locale(), door.shop().locale().toLanguageTag());
        Map<String, Object> model = models.shop(door, language);
        model.put("state", standing.pending() ? "asked" : standing.justNow() ? "done" : "before");
        if (!standing.pending()) {
            ZoneId zone =
                    member.timeZone() == null ? door.shop().zone() : ZoneId.of(member.timeZone());
            model.put("card_url", joining.links().card(door.side(), member).getPath());
            model.put(
                    "gifts",
                    standing.gifts().stream()
                            .map(held -> HeldVoucher.model(held, door.program(), language, zone))
                            .toList());
        }
        return pages.branded(200, language, "join_confirm", model, BrandStyle.of(door.program()));
    }
}
