package io.regulars.loyalty.members;

import io.regulars.platform.db.TenantTx;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Belongings that only repeat what is kept elsewhere: they follow nobody, and are forgotten. */
public interface CopiesOfMember extends Belongings {

    @Override
    default boolean isCopy() {
        return true;
    }

    @Override
    default List<UUID> move(TenantTx tx, MemberId from, MemberId to) {
        return List.of();
    }

    @Override
    default void moveBack(TenantTx tx, MemberId from, MemberId to, List<UUID> ids) {
        // Nothing moved.
    }

    @Override
    default List<Map<String, Object>> export(TenantTx tx, MemberId member) {
        return List.of();
    }
}
