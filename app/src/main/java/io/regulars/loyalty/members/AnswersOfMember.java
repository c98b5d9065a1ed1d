package io.regulars.loyalty.members;

import io.regulars.platform.db.TenantTx;
import io.regulars.platform.retries.Retries;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The answers in which a member stands and which a repeat of the call would be given again. */
public final class AnswersOfMember implements Belongings {

    @Override
    public String name() {
        return "answers";
    }

    @Override
    public boolean isCopy() {
        return true;
    }

    @Override
    public List<UUID> move(TenantTx tx, MemberId from, MemberId to) {
        return List.of();
    }

    @Override
    public void moveBack(TenantTx tx, MemberId from, MemberId to, List<UUID> ids) {
        // Nothing moved.
    }

    @Override
    public void forget(TenantTx tx, List<MemberId> members) {
        Retries.forgetAnswersWith(tx, members.stream().map(MemberId::toString).toList());
    }

    @Override
    public List<Map<String, Object>> export(TenantTx tx, MemberId member) {
        return List.of();
    }
}
