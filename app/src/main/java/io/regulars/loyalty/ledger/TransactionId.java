package io.regulars.loyalty.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.ids.TypeIds;
import java.util.UUID;

/** A row of the ledger. */
public record TransactionId(UUID uuid) {

    @Override
    @JsonValue
    public String toString() {
        return TypeIds.format("ptx", uuid);
    }
}
