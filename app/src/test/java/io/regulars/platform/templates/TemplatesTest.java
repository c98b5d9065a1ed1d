package io.regulars.platform.templates;

import static io.regulars.platform.templates.Samples.birthday;
import static io.regulars.platform.templates.Samples.render;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {
    private static final Pattern ADDRESS =
            Pattern.compile("(src|href|background|url)\\s*[=(]\\s*[\"']?([^\"')>\\s]+)");
    private final Templates templates = new Templates();

    static Stream<Arguments> all() {
        return Samples.MESSAGES.stream()
                .flatMap(message ->
                        Samples.LOCALES.stream().map(locale -> Arguments.of(message, locale)));
    }

    @Test
    void theBirthdaySubjectIsTheOnePromised() {
        assertThat(birthday("vi", Map.of()).subject()).isEqualTo("Hôm nay là ngày của BẠN!");
        assertThat(birthday("en", Map.of()).subject()).isEqualTo("Today is your day!");
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyMessageSaysInTextAllThatItSaysInHtml(String message, String locale) {
        Map<String, Object> model = Samples.model(message, locale);
        Rendered mail = render(message, locale, model);
        for (String value : texts(model)) {
            if (!value.startsWith("#")) {
                assertThat(mail.text()).as(value).contains(value.split("\n"));
            }
        }
        assertThat(mail.html())
                .startsWith("<!DOCTYPE html>")
                .contains("lang=\"" + locale + "\"")
                .endsWith("</html>\n");
        assertThat(mail.text()).doesNotContain("<", "&amp;", "\n\n\n").endsWith("\n");
        assertThat(mail.html().length()).as("Gmail clips mails over 102 kB").isLessThan(40_000);
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingIsFetchedFromAnywhere(String message, String locale) {
        Rendered mail = render(message, locale, Samples.model(message, locale));
        Matcher found = ADDRESS.matcher(mail.html());
        while (found.find()) {
            assertThat(found.group(1)).isEqualTo("href");
            assertThat(found.group(2)).matches("(https://|mailto:).*");
        }
        assertThat(mail.html()).doesNotContain("<script", "<link", "@import", "@font-face", "<img");
    }

    @ParameterizedTest
    @MethodSource("all")
    void markupInAValueStaysText(String message, String locale) {
        String hostile = "<script>alert(1)</script> \" ' & ${brand.name} #{1} [=x] <#stop> </bdi>";
        Rendered mail =
                render(
                        message,
                        locale,
                        Samples.filledWith(hostile, Samples.model(message, locale)));
        assertThat(mail.html())
                .doesNotContain("<script", "<#stop", "\" ' &", "</bdi></bdi>")
                .contains("&lt;script&gt;", "${brand.name}", "#{1}");
        assertThat(mail.text()).contains(hostile);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aValueCannotTurnTheTextAroundOrHideControls(String message, String locale) {
        Rendered mail =
                render(
                        message,
                        locale,
                        Samples.filledWith(
                                "a\u202eb\u2066c\u0000d\u0007e", Samples.model(message, locale)));
        assertThat(mail.html() + mail.text() + mail.subject())
                .contains("abcde")
                .doesNotContainPattern(
                        "[\\u202a-\\u202e\\u2066-\\u2069\\u0000-\\u0009\\u000b-\\u001f]");
        assertThat(mail.subject()).doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"محمد بن أحمد", "משה כהן", "🎂", "O'Connor & Söhne", "Nguyễn Thị Ánh Tuyết"})
    void anyNameIsGreeted(String name) {
        for (String locale : Samples.LOCALES) {
            Rendered mail = birthday(locale, Map.of("name", name));
            assertThat(mail.text()).contains(", " + name + "!");
            assertThat(mail.html())
                    .contains(
                            "<bdi>" + name.replace("&", "&amp;").replace("'", "&#39;") + "</bdi>!");
        }
        String longest = "Wolfeschlegelsteinhausenberger".repeat(7).substring(0, 200);
        assertThat(birthday("vi", Map.of("name", longest)).html()).contains(longest);
    }

    @Test
    void withoutANameTheGreetingIsStillOne() {
        assertThat(birthday("vi", Map.of(), "name").text()).contains("Chúc mừng sinh nhật!");
        assertThat(birthday("en", Map.of(), "name").text()).contains("Happy birthday!");
        assertThat(birthday("en", Map.of(), "name").html()).contains(">Happy birthday!</div>");
    }

    @Test
    void aVoucherIsShownWithCodeAndLastDay() {
        Rendered mail = birthday("vi", Map.of());
        assertThat(mail.text())
                .contains(
                        "Mã quà tặng của bạn: MAY-7K4P-92QD",
                        "Dùng được đến hết ngày 22/12/2026",
                        "hóa đơn từ 50.000 ₫");
        assertThat(mail.html()).contains("monospace", "MAY-7K4P-92QD", "50.000 ₫");
        Rendered open = birthday("vi", Map.of("voucher", Map.of("reward", "Bánh", "code", "A1")));
        assertThat(open.html() + open.text()).doesNotContain("Dùng được đến").contains("A1");
    }

    @Test
    void pointsAreShownInsteadOfAVoucher() {
        Rendered mail = birthday("vi", Map.of("voucher", Map.of("reward", "+200 điểm")));
        assertThat(mail.text()).contains("+200 điểm").doesNotContain("Mã quà tặng", "mã này");
        assertThat(mail.html()).contains("+200 điểm").doesNotContain("Mã quà tặng", "mã này");
    }

    @Test
    void withoutAGiftItIsGoodWishesOnly() {
        for (String locale : Samples.LOCALES) {
            Rendered mail = birthday(locale, Map.of(), "voucher", "standing");
            assertThat(mail.html()).doesNotContain("dashed", "class=\"code");
            assertThat(mail.text()).doesNotContain("quà", "gift", "Bạn đang có", "You have");
        }
    }

    @Test
    void aBalanceOfNoughtIsABalance() {
        assertThat(birthday("vi", Map.of("standing", Map.of("points", "0 điểm"))).text())
                .contains("Bạn đang có 0 điểm\n");
        assertThat(
                        birthday(
                                        "en",
                                        Map.of(
                                                "standing",
                                                Map.of("points", "0 points", "tier", "VIP")))
                                .html())
                .contains("<strong>0 points</strong>", "VIP");
    }

    @Test
    void advertisingNamesItsSenderAndTheWayOut() {
        Rendered mail = birthday("vi", Map.of());
        for (String part : List.of(mail.html(), mail.text())) {
            assertThat(part)
                    .contains(
                            "Công ty TNHH Cà phê Mây",
                            "12 Nguyễn Huệ, Quận 1, TP. Hồ Chí Minh",
                            "028 3822 0000",
                            "chao@caphemay.example",
                            "https://regulars.example/u/7Yk2mQ",
                            "Từ chối nhận thư",
                            "vì đã đồng ý nhận tin ưu đãi");
        }
        assertThat(render("password_reset", "vi", Samples.model("password_reset", "vi")).html())
                .doesNotContain("Từ chối nhận thư");
    }

    @ParameterizedTest
    @ValueSource(strings = {"brand", "sender", "unsubscribe_url"})
    void advertisingWithoutSenderOrWayOutFailsLoudly(String missing) {
        assertThatThrownBy(() -> birthday("en", Map.of(), missing))
                .isInstanceOf(RenderingFailed.class)
                .hasMessageContaining(missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"legal_name", "postal_address", "email"})
    void advertisingWithAnIncompleteSenderFailsLoudly(String missing) {
        Map<String, Object> sender = new LinkedHashMap<>(Samples.section("_layout", "en"));
        @SuppressWarnings("unchecked")
        Map<String, Object> part =
                new LinkedHashMap<>((Map<String, Object>) sender.getOrDefault("sender", Map.of()));
        part.remove(missing);
        assertThatThrownBy(() -> birthday("en", Map.of("sender", part)))
                .isInstanceOf(RenderingFailed.class)
                .hasMessageContaining(missing);
    }

    @Test
    void aLanguageWeDoNotSpeakFallsBackToEnglish() {
        Map<String, Object> model = Samples.model("birthday", "en");
        assertThat(templates.render("birthday", Locale.forLanguageTag("vi-VN"), model).subject())
                .startsWith("Hôm nay");
        assertThat(
                        templates
                                .render("birthday", Locale.forLanguageTag("vi-Hant-VN-x-y"), model)
                                .subject())
                .startsWith("Hôm nay");
        assertThat(templates.render("birthday", Locale.GERMANY, model).subject())
                .startsWith("Today");
        assertThat(templates.render("birthday", Locale.ROOT, model).subject()).startsWith("Today");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_layout", "../birthday", "nothing", "birthday/vi"})
    void anUnknownMessageFailsLoudly(String message) {
        assertThatThrownBy(() -> templates.render(message, Locale.ENGLISH, Map.of()))
                .isInstanceOf(RenderingFailed.class);
    }

    @Test
    void aLogoIsShownFromHttpsOnly() {
        assertThat(
                        birthday(
                                        "en",
                                        Map.of(
                                                "brand",
                                                Map.of(
                                                        "name",
                                                        "X",
                                                        "logo_url",
                                                        "https://shop.example/l.png")))
                                .html())
                .contains("src=\"https://shop.example/l.png\" alt=\"X\"");
        for (String url :
                List.of(
                        "http://shop.example/l.png",
                        "javascript:x",
                        "data:image/png;base64,x",
                        "")) {
            assertThat(birthday("en", Map.of("brand", Map.of("name", "X", "logo_url", url))).html())
                    .doesNotContain("<img");
        }
    }

    @Test
    void aColorThatIsNoneNeverReachesAStyle() {
        Map<String, Object> brand =
                Map.of("name", "X", "color", "red;background:url(https://evil.example)");
        assertThat(birthday("en", Map.of("brand", brand)).html())
                .doesNotContain("evil.example")
                .contains("#1f4e79");
    }

    @Test
    void aWebsiteThatIsNoneIsNotALink() {
        Map<String, Object> sender =
                Map.of(
                        "legal_name",
                        "L",
                        "postal_address",
                        "A",
                        "email",
                        "e@x.example",
                        "website",
                        "javascript:x");
        assertThat(birthday("en", Map.of("sender", sender)).html())
                .doesNotContain("href=\"javascript")
                .contains("javascript:x");
    }

    @ParameterizedTest
    @MethodSource("campaigns")
    void whatIsNotThereIsLeftOut(String message, String locale) {
        Rendered mail = render(message, locale, Samples.bare(message, locale));
        assertThat(mail.html())
                .doesNotContain("dashed", "class=\"code", "class=\"track")
                .contains("0 x");
        assertThat(mail.text())
                .doesNotContain("[#", "[-", "Vàng", "Gold", ":\n\n\n")
                .contains("0 x");
        assertThat(mail.subject()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("campaigns")
    void everyCampaignNamesItsSenderAndTheWayOut(String message, String locale) {
        for (String missing : List.of("sender", "unsubscribe_url")) {
            Map<String, Object> model = Samples.model(message, locale);
            model.remove(missing);
            assertThatThrownBy(() -> render(message, locale, model))
                    .isInstanceOf(RenderingFailed.class)
                    .hasMessageContaining(missing);
        }
    }

    static Stream<Arguments> campaigns() {
        return Samples.TO_MEMBERS.stream()
                .filter(message ->
                        !message.equals("birthday") && !Samples.SERVICE.contains(message))
                .flatMap(message ->
                        Samples.LOCALES.stream().map(locale -> Arguments.of(message, locale)));
    }

    @Test
    void theFirstAnniversaryIsOneYear() {
        Map<String, Object> model = Samples.model("anniversary", "en");
        model.put("years", 1);
        Rendered mail = render("anniversary", "en", model);
        assertThat(mail.subject()).isEqualTo("One year with you: thank you");
        assertThat(mail.text()).contains("A year ago you").doesNotContain("1 year");
    }

    @Test
    void theBarShowsHowFarTheNextTierIs() {
        Rendered mail = render("monthly_progress", "vi", Samples.model("monthly_progress", "vi"));
        assertThat(mail.html()).contains("width=\"76%\"", "1.200.000 ₫", "Vàng");
        assertThat(mail.text()).contains("[###############-----] 76 %");
    }

    /**
     * What a reader sees; the kind of a block is not among it, and the subject stands elsewhere.
     */
    private static List<String> texts(Map<?, ?> model) {
        List<String> texts = new ArrayList<>();
        for (Map.Entry<?, ?> entry : model.entrySet()) {
            Object value = entry.getValue();
            if (Set.of("type", "goal", "subject", "preheader", "key").contains(entry.getKey())) {
                continue;
            }
            if (value instanceof Map<?, ?> map) {
                texts.addAll(texts(map));
            } else if (value instanceof List<?> list) {
                list.forEach(part -> texts.addAll(texts(Map.of("part", part))));
            } else if (!(value instanceof Boolean)) {
                texts.add(String.valueOf(value));
            }
        }
        return texts;
    }
}
