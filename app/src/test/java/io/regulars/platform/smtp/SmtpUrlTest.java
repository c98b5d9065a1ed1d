package io.regulars.platform.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpUrlTest {
    @Test
    void readsEverythingItIsTold() {
        SmtpUrl url =
                SmtpUrl.parse(
                        "smtp://post%40shop:p%3A%2Fw+%40@Relay.example:2525?starttls=required&connections=8&messages=50"
                                + "&helo=app.shop.example&connect=5s&read=2m&write=500ms&idle=10s&wait=1s");
        assertThat(url.host()).isEqualTo("relay.example");
        assertThat(url.port()).isEqualTo(2525);
        assertThat(url.tls()).isEqualTo(SmtpUrl.Tls.STARTTLS_REQUIRED);
        assertThat(url.login()).isEqualTo(new SmtpUrl.Login("post@shop", "p:/w+@"));
        assertThat(url.helo()).isEqualTo("app.shop.example");
        assertThat(url.pool()).isEqualTo(new SmtpUrl.Pool(8, 50));
        assertThat(url.timeouts())
                .isEqualTo(
                        new SmtpUrl.Timeouts(
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(2),
                                Duration.ofMillis(500),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(1)));
    }

    @Test
    void neverPrintsThePassword() {
        SmtpUrl url = SmtpUrl.parse("smtps://post:s3cret@relay.example");
        assertThat(url.toString()).isEqualTo("smtps://post:***@relay.example:465");
        assertThat(url.login() + "").doesNotContain("s3cret");
    }

    @Test
    void aPasswordIsOnlySentEncryptedUnlessToldOtherwise() {
        assertThat(SmtpUrl.parse("smtp://u:p@relay.example").tls())
                .isEqualTo(SmtpUrl.Tls.STARTTLS_REQUIRED);
        assertThat(SmtpUrl.parse("smtp://u:p@relay.example?starttls=off").tls())
                .isEqualTo(SmtpUrl.Tls.NONE);
        assertThat(SmtpUrl.parse("smtp://u:p@127.0.0.1").tls())
                .isEqualTo(SmtpUrl.Tls.STARTTLS_OPTIONAL);
        assertThat(SmtpUrl.parse("smtp://relay.example").tls())
                .isEqualTo(SmtpUrl.Tls.STARTTLS_OPTIONAL);
        assertThat(SmtpUrl.parse("smtps://u:p@relay.example").tls())
                .isEqualTo(SmtpUrl.Tls.IMPLICIT);
    }

    @Test
    void knowsThisMachine() {
        assertThat(SmtpUrl.parse("smtp://localhost:25").isLoopback()).isTrue();
        assertThat(SmtpUrl.parse("smtp://[::1]:25").isLoopback()).isTrue();
        assertThat(SmtpUrl.parse("smtp://127.0.0.2:25").isLoopback()).isTrue();
        assertThat(SmtpUrl.parse("smtp://mail_catcher:1025").isLoopback()).isFalse();
        assertThat(SmtpUrl.parse("smtp://127.0.0.1.evil.example").isLoopback()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://u:s3cret@h",
                "smtp://",
                "smtp://u:s3cret@h:0",
                "smtp://u:s3cret@h:99999",
                "smtp://s3cret@h",
                "smtp://u:s3cret@h?starttls=maybe",
                "smtp://u:s3cret@h?read=0s",
                "smtp://u:s3cret@h?read=ever",
                "smtp://u:s3cret@h?connections=0",
                "smtp://u:s3cret@h?colour=red",
                "smtp://u:s3cr@et@h",
                "smtp://h?starttls",
                "smtp://h?read=1s&read=2s",
                "smtp://h?helo=a%0d%0ab"
            })
    void saysWhatIsWrongWithoutThePassword(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmtpUrl.parse(url))
                .satisfies(e -> assertThat(e.getMessage()).isNotEmpty().doesNotContain("s3cr"));
    }
}
