package io.regulars.edge.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.edge.HostileStrings;
import io.regulars.edge.Tags;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PagesTest {

    private static final Map<String, Object> EVERYTHING =
            Map.ofEntries(
                    Map.entry("shop", "NAME"),
                    Map.entry("program", "NAME"),
                    Map.entry("name", "NAME"),
                    Map.entry("wording", "NAME"),
                    Map.entry("tenant_id", "ten_1"),
                    Map.entry("live_key", "NAME"),
                    Map.entry("test_key", "NAME"),
                    Map.entry("base", "NAME"),
                    Map.entry("event", "asked"),
                    Map.entry("subscribed", true),
                    Map.entry("inbox", true),
                    Map.entry("keeps_password", true),
                    Map.entry("given", true),
                    Map.entry("best", 10),
                    Map.entry("score", 9),
                    Map.entry("comment", "NAME"),
                    Map.entry("kind", "ours"),
                    Map.entry("request_id", "NAME"),
                    Map.entry("id", "1"),
                    Map.entry("subject", "NAME"),
                    Map.entry("from", "NAME"),
                    Map.entry("to", "to"),
                    Map.entry("date", "NAME"),
                    Map.entry("links", List.of()),
                    Map.entry("topics", List.of(Map.of("key", "news", "on", true))),
                    Map.entry("has_html", true),
                    Map.entry("text", "NAME"),
                    Map.entry("source", "NAME"),
                    Map.entry(
                            "mails",
                            List.of(
                                    Map.of(
                                            "id",
                                            "1",
                                            "from",
                                            "NAME",
                                            "to",
                                            "NAME",
                                            "subject",
                                            "NAME",
                                            "sent",
                                            "NAME",
                                            "sent_exact",
                                            "now"))));
    private static final List<String> ALL =
            List.of(
                    "welcome",
                    "signup",
                    "shop",
                    "signup_used",
                    "signup_void",
                    "offers",
                    "offers_gone",
                    "nps",
                    "link_unknown",
                    "fault",
                    "inbox",
                    "mail");

    private final Pages pages = new Pages();

    @ParameterizedTest
    @EnumSource
    void thePolicyNamesTheStyleThatThePageHas(Language language) throws Exception {
        for (String page : ALL) {
            Response answer = pages.answer(200, language, page, EVERYTHING);
            Matcher style =
                    Pattern.compile("<style>(.*)</style>", Pattern.DOTALL)
                            .matcher(String.valueOf(answer.getEntity()));
            assertThat(style.find()).isTrue();
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(style.group(1).getBytes(StandardCharsets.UTF_8));
            assertThat(answer.getHeaderString("Content-Security-Policy"))
                    .contains(
                            "style-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'")
                    .contains("default-src 'none'")
                    .contains("form-action 'self'")
                    .contains("base-uri 'none'")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("script-src")
                    .doesNotContain("unsafe");
            assertThat(answer.getHeaderString("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.getHeaderString("X-Robots-Tag")).contains("noindex");
            assertThat(answer.getHeaderString("Cache-Control")).isEqualTo("no-store");
        }
    }

    @ParameterizedTest
    @EnumSource
    void noPageHasAScriptAStyleAttributeOrAnythingFromAnotherHost(Language language) {
        for (String page : ALL) {
            assertThat(html(language, page, EVERYTHING))
                    .doesNotContain("<script")
                    .doesNotContain("style=")
                    .doesNotContainPattern("(src|href|action)=\"(https?:)?//")
                    .doesNotContainPattern("\\son[a-z]+=");
        }
    }

    @Test
    void bothLanguagesSayTheSameThingsInTheSameOrder() {
        for (String page : ALL) {
            assertThat(shape(Language.VI, page)).as(page).isEqualTo(shape(Language.EN, page));
        }
    }

    @Test
    void noHostileStringBecomesMarkup() throws Exception {
        Map<String, List<String>> tags = new java.util.HashMap<>();
        ALL.forEach(page -> tags.put(page, Tags.of(html(Language.EN, page, EVERYTHING))));
        for (String hostile : HostileStrings.all()) {
            Map<String, Object> model = filledWith(hostile);
            for (String page : ALL) {
                assertThat(Tags.of(html(Language.EN, page, model)))
                        .as(page + " " + hostile)
                        .isEqualTo(tags.get(page));
            }
        }
    }

    /** Tags without what differs between languages. */
    private List<String> shape(Language language, String page) {
        return Tags.of(html(language, page, EVERYTHING)).stream()
                .map(tag -> tag.replaceAll(" (lang|value|placeholder|title|name)=\"[^\"]*\"", ""))
                .toList();
    }

    private String html(Language language, String page, Map<String, Object> model) {
        return String.valueOf(pages.answer(200, language, page, model).getEntity());
    }

    private static Map<String, Object> filledWith(String hostile) {
        Map<String, Object> model = new java.util.HashMap<>();
        EVERYTHING.forEach((key, value) -> model.put(key, "NAME".equals(value) ? hostile : value));
        Map<String, String> mail =
                Map.of(
                        "id",
                        "1",
                        "from",
                        hostile,
                        "to",
                        hostile,
                        "subject",
                        hostile,
                        "sent",
                        hostile,
                        "sent_exact",
                        "now");
        model.put("mails", List.of(mail));
        return model;
    }
}
