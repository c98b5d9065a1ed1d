package io.regulars.engagement.churn;

/**
 * The two published models, which differ in one thing: after how many of the purchases the buyer
 * could have left.
 */
enum Variant {

    /**
     * Fader, Hardie and Lee (2005): nobody leaves after the first purchase, so that whoever bought
     * once is a customer for ever. Kept to check the arithmetic against figures that many have
     * published; no member is judged by it.
     */
    BG_NBD {
        @Override
        int chancesToLeave(int repeats) {
            return repeats;
        }
    },

    /** One may leave after the first purchase too. */
    MBG_NBD {
        @Override
        int chancesToLeave(int repeats) {
            return repeats + 1;
        }
    };

    abstract int chancesToLeave(int repeats);
}
