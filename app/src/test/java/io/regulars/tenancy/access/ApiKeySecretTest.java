package io.regulars.tenancy.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.platform.db.Side;
import org.junit.jupiter.api.Test;

class ApiKeySecretTest {

    private final ApiKeySecret secret = ApiKeySecret.mint(Side.LIVE);

    @Test
    void aSecretSaysItsSideAndChecksItself() {
        assertThat(secret.text()).matches("rk_live_[0-9A-Za-z]{36}");
        assertThat(ApiKeySecret.parse(secret.text())).contains(secret);
        assertThat(secret.text()).endsWith(secret.hint());
    }

    @Test
    void aTypingErrorIsSeenWithoutALookUp() {
        String text = secret.text();
        for (int at = 0; at < text.length(); at++) {
            char other = text.charAt(at) == 'a' ? 'b' : 'a';
            assertThat(ApiKeySecret.parse(text.substring(0, at) + other + text.substring(at + 1)))
                    .isEmpty();
        }
        assertThat(ApiKeySecret.parse(text.substring(0, text.length() - 1))).isEmpty();
        assertThat(ApiKeySecret.parse(text.replace("live", "test"))).isEmpty();
    }

    @Test
    void noLogLineShowsASecret() {
        assertThat(secret.toString()).doesNotContain(secret.hint());
        assertThat(SessionToken.mint().toString()).isEqualTo("(session)");
    }
}
