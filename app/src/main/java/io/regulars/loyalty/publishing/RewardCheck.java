package io.regulars.loyalty.publishing;

import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Reward;
import io.regulars.loyalty.program.RewardKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of the rewards. */
final class RewardCheck {

    private static final int MOST_VALID_DAYS = 3_650;
    private static final int MOST_OTHER_ITEMS = 1_000;
    private static final int MOST_PER_MEMBER = 1_000_000;
    private static final String OTHER_KIND = "This kind of reward does not have it.";

    private final Findings findings;
    private final List<Reward> rewards;
    private final Set<String> tiers;

    RewardCheck(Findings findings, Program program) {
        this.findings = findings;
        this.rewards = program.rewards();
        this.tiers = RuleCheck.tierKeys(program);
    }

    void check() {
        findings.most("/rewards", rewards.size());
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < rewards.size(); i++) {
            Reward reward = rewards.get(i);
            String at = "/rewards/" + i;
            findings.key(at + "/key", reward.key(), keys);
            findings.name(at + "/name", reward.name());
            findings.text(at + "/description", reward.description(), Findings.LONGEST_TEXT);
            kind(at, reward);
            findings.amount(at + "/cost_points", reward.costPoints());
            findings.amount(at + "/min_basket", reward.minBasket());
            findings.range(at + "/min_other_items", reward.minOtherItems(), 0, MOST_OTHER_ITEMS);
            findings.amount(at + "/stock", reward.stock());
            findings.range(at + "/per_member", reward.perMember(), 1, MOST_PER_MEMBER);
            findings.references(at + "/tiers", reward.tierKeys(), tiers, "tier");
            findings.range(at + "/valid_days", reward.validDays(), 1, MOST_VALID_DAYS);
            findings.amount(at + "/value", reward.value());
            findings.amount(at + "/cost", reward.cost());
        }
    }

    private void kind(String at, Reward reward) {
        RewardKind kind = reward.kind();
        if (kind == RewardKind.PERCENT_OFF) {
            findings.needed(at + "/percent", reward.percent(), 1, 100, "How many percent off?");
        } else {
            findings.unwanted(at + "/percent", reward.percent() != null, OTHER_KIND);
        }
        if (kind == RewardKind.AMOUNT_OFF) {
            findings.needed(
                    at + "/amount", reward.amount(), 1, Findings.LARGEST, "How much money off?");
        } else {
            findings.unwanted(at + "/amount", reward.amount() != null, OTHER_KIND);
        }
        if (kind == RewardKind.FREE_PRODUCT) {
            findings.text(at + "/sku", reward.sku(), Findings.LONGEST_NAME);
        } else {
            findings.unwanted(at + "/sku", reward.sku() != null, OTHER_KIND);
        }
    }
}
