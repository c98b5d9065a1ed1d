package io.regulars.loyalty.rewards;

import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * What speaks against a voucher, as it is told.
 *
 * @param shortfall null where it is not for want of something that can be counted
 */
record Objection(Refusal reason, @Nullable Shortfall shortfall) {

    /** How much the reward asks for, and how much there is: minor units, or items. */
    record Shortfall(long required, long available) {}

    static Objection of(Refusal reason, long required, long available) {
        return new Objection(reason, new Shortfall(required, available));
    }

    /** 422 {@code voucher_used} or {@code voucher_not_valid}, with the {@code reason}. */
    Problem at(String pointer) {
        ProblemType type =
                reason == Refusal.VOUCHER_USED
                        ? ProblemType.VOUCHER_USED
                        : ProblemType.VOUCHER_NOT_VALID;
        Problem problem =
                Problem.of(type, reason.sentence())
                        .at(pointer, reason.code())
                        .with("reason", reason.code());
        return shortfall == null
                ? problem
                : problem.with("required", shortfall.required())
                        .with("available", shortfall.available());
    }
}
