package io.regulars.loyalty.publishing;

import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Reward;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold of that which gives rewards without points: stamp cards, referrals, welcome. */
final class OfferCheck {

    private static final int MOST_STAMPS = 1_000;
    private static final int MOST_FRIENDS = 1_000_000;
    private static final String FIRST_PURCHASE = "first_purchase";
    private static final String REWARD = "reward";

    private final Findings findings;
    private final Program program;
    private final Set<String> rewards;

    OfferCheck(Findings findings, Program program) {
        this.findings = findings;
        this.program = program;
        this.rewards =
                program.rewards().stream().map(Reward::key).collect(Collectors.toUnmodifiableSet());
    }

    void check() {
        stampCards(program.stampCards());
        referral();
        welcome();
    }

    private void stampCards(List<Program.StampCard> cards) {
        findings.most("/stamp_cards", cards.size());
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < cards.size(); i++) {
            Program.StampCard card = cards.get(i);
            String at = "/stamp_cards/" + i;
            findings.key(at + "/key", card.key(), keys);
            findings.name(at + "/name", card.name());
            findings.range(at + "/buys", card.buys(), 1, MOST_STAMPS);
            findings.words(at + "/categories", card.categoryKeys());
            findings.reference(at + "/reward", card.reward(), rewards, REWARD);
        }
    }

    private void referral() {
        Program.Referral referral = program.referral();
        if (referral == null) {
            return;
        }
        findings.amount("/referral/referrer_points", referral.referrerPoints());
        findings.amount("/referral/friend_points", referral.friendPoints());
        findings.reference("/referral/referrer_reward", referral.referrerReward(), rewards, REWARD);
        findings.reference("/referral/friend_reward", referral.friendReward(), rewards, REWARD);
        if (referral.qualifiesOn() != null && !referral.qualifiesOn().equals(FIRST_PURCHASE)) {
            findings.error("/referral/qualifies_on", "unknown_value", "Must be first_purchase.");
        }
        findings.amount("/referral/min_amount", referral.minAmount());
        findings.range("/referral/per_year", referral.perYear(), 1, MOST_FRIENDS);
    }

    private void welcome() {
        Program.Welcome welcome = program.welcome();
        if (welcome == null) {
            return;
        }
        if (welcome.reward() == null && welcome.points() == null) {
            findings.error("/welcome", "required", "A welcome has a reward, or points, or both.");
        }
        findings.reference("/welcome/reward", welcome.reward(), rewards, REWARD);
        findings.amount("/welcome/points", welcome.points());
    }
}
