package io.regulars.loyalty.tiers;

import io.regulars.loyalty.program.TierScheme;

/** What happened at one moment, by everything that tiers may count. */
record Counted(long spend, long purchases, long points) {

    Counted plus(Counted more) {
        return new Counted(spend + more.spend, purchases + more.purchases, points + more.points);
    }

    long by(TierScheme.Basis basis) {
        return switch (basis) {
            case SPEND -> spend;
            case PURCHASES -> purchases;
            case POINTS -> points;
        };
    }
}
