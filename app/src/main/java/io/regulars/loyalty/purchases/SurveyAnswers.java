package io.regulars.loyalty.purchases;

import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.MemberKey;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import java.util.Map;
import java.util.Optional;

/**
 * What members answer when they are asked, kept as activities: so an answer may earn points like
 * any other. It may be changed, and earns once.
 */
public final class SurveyAnswers {

    private final RecordActivity recordActivity;

    public SurveyAnswers(TenantDb tenants, Programs programs) {
        this.recordActivity = new RecordActivity(tenants, programs);
    }

    /** What was answered, if anything was. */
    public static Optional<Map<String, Object>> find(TenantTx tx, String type, String key) {
        return new ActivityDao(tx).attributes(type, key);
    }

    /**
     * @param key of the question; an answer to it that is there already is replaced
     */
    public void give(
            TenantTx tx, MemberId member, String type, String key, Map<String, Object> answer) {
        if (find(tx, type, key).isPresent()) {
            new ActivityDao(tx).change(type, key, answer);
        } else {
            recordActivity.record(
                    tx,
                    MemberKey.ofId(member.toString()),
                    new NewActivity(type, key, null, answer));
        }
    }
}
