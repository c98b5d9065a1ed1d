package io.regulars.engagement.mail;

import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.purchases.SurveyAnswers;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers to the question how likely a member is to recommend the shop. */
public final class NpsAnswers {

    public static final int BEST = 10;
    public static final int LONGEST_COMMENT = 1_000;

    private static final String TYPE = "nps";
    private static final String SCORE = "score";
    private static final String COMMENT = "comment";

    private final SurveyAnswers answers;

    public NpsAnswers(TenantDb tenants, Programs programs) {
        this.answers = new SurveyAnswers(tenants, programs);
    }

    /**
     * Who was asked.
     *
     * @param score what was answered; null before that
     */
    public record Asked(Member member, @Nullable Integer score, @Nullable String comment) {}

    /** Who was asked by this message; empty when there is no such member any more. */
    public Optional<Asked> asked(TenantTx tx, UUID message) {
        MessageId id = new MessageId(message);
        Map<String, Object> answer = SurveyAnswers.find(tx, TYPE, id.toString()).orElse(Map.of());
        return new MessageDao(tx)
                .find(id)
                .flatMap(row -> MemberDirectory.find(tx, row.memberId()))
                .map(member ->
                        new Asked(
                                member,
                                answer.get(SCORE) instanceof Number score ? score.intValue() : null,
                                answer.get(COMMENT) instanceof String comment ? comment : null));
    }

    /**
     * @param score 0 to {@value #BEST}
     */
    public void give(
            TenantTx tx, UUID message, Member member, int score, @Nullable String comment) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(SCORE, score);
        if (comment != null && !comment.isBlank()) {
            String clean = comment.replace("\0", "").strip();
            answer.put(COMMENT, clean.substring(0, Math.min(clean.length(), LONGEST_COMMENT)));
        }
        answers.give(tx, member.id(), TYPE, new MessageId(message).toString(), answer);
    }
}
