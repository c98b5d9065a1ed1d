package io.regulars.loyalty.members;

import io.regulars.platform.db.TenantTx;
import io.regulars.platform.retries.Retries;
import java.util.List;

/** The answers in which a member stands and which a repeat of the call would be given again. */
public final class AnswersOfMember implements CopiesOfMember {

    @Override
    public String name() {
        return "answers";
    }

    @Override
    public void forget(TenantTx tx, List<MemberId> members) {
        Retries.forgetAnswersWith(tx, members.stream().map(MemberId::toString).toList());
    }
}
