package io.regulars.engagement.churn;

import io.regulars.loyalty.ledger.CountedPurchases;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

/**
 * The probability that a member has not left for good, as SQL for filters over {@code <t>.member
 * m}; null for who has never bought. It is {@link ChurnModel#pAlive} in other words.
 */
public final class AliveFact {

    public static final String SQL =
            """
            (select 1 / (1 + exp(least(700, ln(:churn_a::float8 / (:churn_b::float8 + f.days - 1))
                      + (:churn_r::float8 + f.days - 1)
                        * (ln(:churn_alpha::float8 + greatest(0, :churn_today::date - f.first) / 7.0::float8)
                           - ln(:churn_alpha::float8 + (f.last - f.first) / 7.0::float8)))))
               from (select count(distinct (p.purchased_at at time zone :churn_zone)::date) as days,
                            min((p.purchased_at at time zone :churn_zone)::date) as first,
                            max((p.purchased_at at time zone :churn_zone)::date) as last
                       from <t>.purchase p where p.member_id = m.id and
            """
                    + CountedPurchases.SQL
                    + """
                    ) f
                      where f.days > 0)
                    """;

    private AliveFact() {}

    /** What is bound in it. */
    public static Map<String, Object> values(ChurnModel model, LocalDate today, ZoneId zone) {
        Parameters p = model.parameters();
        return Map.of(
                "churn_r", p.r(),
                "churn_alpha", p.alpha(),
                "churn_a", p.a(),
                "churn_b", p.b(),
                "churn_today", today,
                "churn_zone", zone.getId());
    }
}
