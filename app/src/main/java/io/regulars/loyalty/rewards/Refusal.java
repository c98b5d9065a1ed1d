package io.regulars.loyalty.rewards;

import io.regulars.platform.http.Problem;
import java.util.Locale;

/** Why a voucher does not hold. */
enum Refusal {
    UNKNOWN_CODE("No voucher has this code."),
    NOT_YET_VALID("The voucher does not hold yet."),
    VOUCHER_HELD("The voucher is only held; its redemption is not committed."),
    VOUCHER_USED("The voucher has been used."),
    VOUCHER_CANCELLED("The voucher was cancelled."),
    VOUCHER_EXPIRED("The voucher has expired."),
    OTHER_MEMBER("The voucher belongs to another member."),
    MIN_BASKET("The basket comes to less than the reward asks for."),
    PRODUCT_NOT_IN_BASKET("The free product is not in the basket."),
    MIN_OTHER_ITEMS("There are fewer other items in the basket than the reward asks for.");

    private final String sentence;

    Refusal(String sentence) {
        this.sentence = sentence;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String sentence() {
        return sentence;
    }

    /** What is told of it where there are no numbers to tell. */
    Objection objection() {
        return new Objection(this, null);
    }

    Problem at(String pointer) {
        return objection().at(pointer);
    }
}
