package io.regulars.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SealerTest {

    private static final String OLD = "the key of last year, long enough";
    private static final String NEW = "the key of this year, long enough";

    private final Sealer sealer = new Sealer(new SecretText(OLD));

    @Test
    void whatWasSealedOpensAndLooksDifferentEachTime() {
        String sealed = sealer.seal("whe_1", "whsec_abc");
        assertThat(sealer.open("whe_1", sealed)).isEqualTo("whsec_abc");
        assertThat(sealed).doesNotContain("abc").isNotEqualTo(sealer.seal("whe_1", "whsec_abc"));
    }

    @Test
    void whatWasSealedForOnePlaceDoesNotOpenInAnother() {
        String sealed = sealer.seal("whe_1", "whsec_abc");
        assertThatThrownBy(() -> sealer.open("whe_2", sealed))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void afterAChangeOfTheKeyTheOldOneStillOpensAndTheNewOneSeals() {
        Sealer both = new Sealer(new SecretText(NEW + "," + OLD));
        assertThat(both.open("p", sealer.seal("p", "secret"))).isEqualTo("secret");
        String sealed = both.seal("p", "secret");
        assertThat(new Sealer(new SecretText(NEW)).open("p", sealed)).isEqualTo("secret");
        assertThatThrownBy(() -> sealer.open("p", sealed))
                .isInstanceOf(IllegalStateException.class);
    }
}
