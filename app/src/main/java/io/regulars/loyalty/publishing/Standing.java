package io.regulars.loyalty.publishing;

import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the shop's data ask of a new program, whatever is in it. Asked when a draft is kept and
 * again when it is published, since in between a till may have sold something and a marketer
 * started a campaign.
 */
final class Standing {

    private final Programs programs;
    private final RewardsInUse rewardsInUse;

    Standing(Programs programs, RewardsInUse rewardsInUse) {
        this.programs = programs;
        this.rewardsInUse = rewardsInUse;
    }

    /**
     * What is bought until then would be in a currency that is not read any more.
     *
     * @throws Problem 422 for another currency that is to take effect later
     */
    void checkEffective(TenantTx tx, Program program, @Nullable Instant effectiveAt) {
        if (effectiveAt != null
                && effectiveAt.isAfter(tx.now())
                && !programs.inForce(tx).program().currency().equals(program.currency())) {
            throw Problem.invalid(
                    "/effective_at",
                    "currency_changes_at_once",
                    "Another currency takes effect at once; leave effective_at out.");
        }
    }

    /**
     * @throws Problem 422 for another currency after the first purchase, and for a missing reward
     *     that a campaign gives
     */
    void check(TenantTx tx, Program program) {
        List<FieldError> errors = new ArrayList<>();
        String before = programs.inForce(tx).program().currency();
        if (!before.equals(program.currency()) && new PublishingDao(tx).hasPurchases()) {
            errors.add(
                    new FieldError(
                            "/currency",
                            "currency_in_use",
                            "There are purchases in " + before + "; the currency stays."));
        }
        rewardsInUse
                .in(tx)
                .forEach((reward, user) -> {
                    if (program.reward(reward).isEmpty()) {
                        errors.add(
                                new FieldError(
                                        "/rewards",
                                        "reward_in_use",
                                        "The campaign "
                                                + user
                                                + " gives the reward "
                                                + reward
                                                + "; keep it, or cancel the campaign."));
                    }
                });
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }
}
