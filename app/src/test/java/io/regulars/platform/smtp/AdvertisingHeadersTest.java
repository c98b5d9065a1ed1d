package io.regulars.platform.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdvertisingHeadersTest {
    @Test
    void areThoseOfOneClickUnsubscribing() {
        assertThat(
                        AdvertisingHeaders.of(
                                URI.create("https://shop.example/u/abc_-.9"),
                                "offers.quan-nho.shop.example",
                                "msg_01h"))
                .isEqualTo(
                        Map.of(
                                "List-Unsubscribe", "<https://shop.example/u/abc_-.9>",
                                "List-Unsubscribe-Post", "List-Unsubscribe=One-Click",
                                "List-Id", "<offers.quan-nho.shop.example>",
                                "X-Regulars-Message", "msg_01h"));
    }

    @Test
    void surviveTheJourneyUnbroken() throws Exception {
        URI link = URI.create("https://shop.example/u/" + "a1B2".repeat(60));
        Map<String, String> headers = AdvertisingHeaders.of(link, "offers.shop.example", "msg_1");
        try (ScriptedRelay server = new ScriptedRelay();
                Relay relay = new Relay(SmtpUrl.parse(server.url("")))) {
            relay.deliver(Mails.with("Lan", "Hi", "h", "t", headers));
            CapturedContent got =
                    MailReader.content(server.mails.getFirst().getBytes(StandardCharsets.UTF_8));
            assertThat(got.headers()).containsAllEntriesOf(headers);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mailto:stop@shop.example",
                "javascript:x",
                "/u/abc",
                "https://h/a,b",
                "https:opaque"
            })
    void theLinkMustBeAWebAddress(String link) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        AdvertisingHeaders.of(URI.create(link), "offers.shop.example", "msg_1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shop", "a..b", "a b.c", "a>.b", "a.b\r\nX: y"})
    void theListIdMustBeADottedName(String listId) {
        URI link = URI.create("https://shop.example/u/a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AdvertisingHeaders.of(link, listId, "msg_1"));
    }
}
