package io.regulars.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignerTest {

    private static final Instant NOW = Instant.parse("2027-02-28T12:00:00Z");
    private static final String OLD = "an-old-key-of-some-length";
    private static final String NEW = "a-new-key-of-some-length";

    private final Signer signer = new Signer(new SecretText(OLD));

    @Test
    void whatWasSignedIsReadAgain() {
        String token = signer.sign(Purpose.UNSUBSCRIBE, "mem_ø", Optional.empty());
        assertThat(signer.verify(Purpose.UNSUBSCRIBE, token, NOW)).contains("mem_ø");
        assertThat(token).matches("[A-Za-z0-9_-]+").hasSizeLessThan(33);
    }

    @Test
    void aTokenIsWorthNothingForAnotherPurpose() {
        String token = signer.sign(Purpose.VERIFY_SIGNUP, "x", Optional.empty());
        assertThat(signer.verify(Purpose.RESET_PASSWORD, token, NOW)).isEmpty();
    }

    @Test
    void aTokenIsOverAtItsExpiry() {
        String token = signer.sign(Purpose.VERIFY_SIGNUP, "x", Optional.of(NOW));
        assertThat(signer.verify(Purpose.VERIFY_SIGNUP, token, NOW.minusSeconds(1))).contains("x");
        assertThat(signer.verify(Purpose.VERIFY_SIGNUP, token, NOW)).isEmpty();
    }

    @Test
    void noCharacterOfATokenCanBeChanged() {
        String token =
                signer.sign(Purpose.VERIFY_SIGNUP, "sgn_1", Optional.of(NOW.plusSeconds(60)));
        for (int at = 0; at < token.length(); at++) {
            for (char other : new char[] {'A', 'B', '_', '='}) {
                if (token.charAt(at) != other) {
                    String changed = token.substring(0, at) + other + token.substring(at + 1);
                    assertThat(signer.verify(Purpose.VERIFY_SIGNUP, changed, NOW)).isEmpty();
                }
            }
        }
    }

    @Test
    void rubbishIsNoToken() {
        for (String rubbish : new String[] {"", "x", "%%%", "é", "A".repeat(5000)}) {
            assertThat(signer.verify(Purpose.VERIFY_SIGNUP, rubbish, NOW)).isEmpty();
        }
    }

    @Test
    void aKeyCanBeReplacedWithoutVoidingWhatItSigned() {
        Signer both = new Signer(new SecretText(NEW + ", " + OLD));
        String old = signer.sign(Purpose.UNSUBSCRIBE, "x", Optional.empty());
        assertThat(both.verify(Purpose.UNSUBSCRIBE, old, NOW)).contains("x");
        String fresh = both.sign(Purpose.UNSUBSCRIBE, "x", Optional.empty());
        assertThat(signer.verify(Purpose.UNSUBSCRIBE, fresh, NOW)).isEmpty();
    }

    @Test
    void aGuessableKeyIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> new Signer(new SecretText("geheim")))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("geheim");
        assertThat(new SecretText("geheim").toString()).doesNotContain("geheim");
        assertThat(signer.toString()).doesNotContain(OLD);
    }
}
