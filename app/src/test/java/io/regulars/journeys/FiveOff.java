package io.regulars.journeys;

import io.regulars.testing.Marketing;

/** A shop in New York whose campaigns may give five dollars off. */
final class FiveOff {

    /** What a campaign for birthdays says that gives them. */
    static final String BIRTHDAY = "\"offer\": {\"reward\": \"five\"}, \"schedule\": {}";

    private static final String PROGRAM =
            """
            "earning": [{"key": "spend", "on": "purchase", "points": {"per_amount": 100, "award": 1}}],
            "tiers": {"basis": "spend", "window": "lifetime", "levels": [
                {"key": "member", "name": "Member", "threshold": 0},
                {"key": "vip", "name": "VIP", "threshold": 100000}]},
            "rewards": [{"key": "five", "name": "Five off", "kind": "amount_off", "amount": 500, "valid_days": 21}]
            """;

    private FiveOff() {}

    static Marketing newYork() {
        return Marketing.newYork(PROGRAM);
    }
}
