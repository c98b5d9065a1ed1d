package io.regulars.loyalty.ledger;

/**
 * What an account says of its member, as SQL for filters over {@code <t>.member m}: the tables are
 * named here only.
 */
public final class MemberFacts {

    private MemberFacts() {}

    /** What the member can spend; {@code :now} is bound by whoever asks. */
    public static String points() {
        return """
        (select coalesce(sum(l.remaining), 0) from <t>.lot l
          where l.member_id = m.id and l.remaining > 0 and (l.available_at <= :now or l.available_at = l.earned_at))
        """;
    }

    /** The tier's key; null in the one where everybody begins. */
    public static String tier() {
        return "(select a.tier from <t>.account a where a.member_id = m.id)";
    }
}
