package io.regulars.engagement.segments;

import io.regulars.loyalty.ledger.CountedPurchases;
import java.util.ArrayList;
import java.util.List;

/**
 * In which fifth of a shop's buyers a buyer is, as SQL: for filters and for the report alike. Equal
 * figures always lie in the same fifth, so one may be empty.
 */
public final class Fifths {

    /**
     * The buyers with what they are ranked by: {@code last} (seconds since 1970), {@code often},
     * {@code spent}; to be followed by more conditions on {@code purchase p}, and {@link #EACH}.
     */
    public static final String BUYERS =
            """
            select p.member_id, extract(epoch from max(p.purchased_at))::float8 as last,
                   count(*)::float8 as often, sum(p.amount - p.refunded)::float8 as spent
              from <t>.purchase p where p.member_id is not null and
            """
                    + CountedPurchases.SQL;

    public static final String EACH = " group by p.member_id";

    private static final int BOUNDS = 4;

    private Fifths() {}

    /** Where the fifths of these figures begin, as an aggregate; null where there are none. */
    public static String bounds(String figure) {
        return "(percentile_cont(array[0.2, 0.4, 0.6, 0.8]) within group (order by "
                + figure
                + "))";
    }

    /**
     * The score from 1 to 5: one more for every bound that lies below.
     *
     * @param bounds an array as of {@link #bounds}
     */
    public static String score(String figure, String bounds) {
        List<String> each = new ArrayList<>();
        for (int i = 1; i <= BOUNDS; i++) {
            each.add(bounds + "[" + i + "]");
        }
        return score(figure, each);
    }

    static String score(String figure, List<String> bounds) {
        StringBuilder score = new StringBuilder("(1");
        bounds.forEach(bound ->
                score.append(" + (").append(figure).append(" > ").append(bound).append(")::int"));
        return score.append(")").toString();
    }
}
