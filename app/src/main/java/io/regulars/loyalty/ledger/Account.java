package io.regulars.loyalty.ledger;

import java.util.Map;
import java.util.UUID;

/**
 * A member's points as they stand, locked by the transaction that read them.
 *
 * @param balance the sum of all ledger entries
 * @param carry what spending left over below a rule's step, in minor units, by rule key
 */
public record Account(UUID memberId, long balance, long debt, Map<String, Long> carry) {

    public Account {
        carry = Map.copyOf(carry);
    }
}
