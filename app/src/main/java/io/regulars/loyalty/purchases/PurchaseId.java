package io.regulars.loyalty.purchases;

import com.fasterxml.jackson.annotation.JsonValue;
import io.regulars.platform.ids.TypeIds;
import java.util.Optional;
import java.util.UUID;

/** A recorded purchase. */
public record PurchaseId(UUID uuid) {

    static PurchaseId next() {
        return new PurchaseId(TypeIds.next());
    }

    static Optional<PurchaseId> parse(String text) {
        return TypeIds.parse("pur", text).map(PurchaseId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return TypeIds.format("pur", uuid);
    }
}
