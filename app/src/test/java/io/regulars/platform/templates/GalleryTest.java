package io.regulars.platform.templates;

import static io.regulars.platform.templates.Samples.birthday;
import static io.regulars.platform.templates.Samples.render;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.regulars.loyalty.rewards.QrCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mail for every kind of reader, as files to look at: {@code target/email-gallery}. */
class GalleryTest {

    private static final Map<String, String> POINTS =
            Map.of("vi", "+200 điểm", "en", "+200 points");

    static Stream<Arguments> all() {
        return TemplatesTest.all();
    }

    /** Leaves the mails as files to look at, in light and dark and on any width. */
    @Test
    void theGalleryCanBeLookedAt() throws IOException {
        fillGallery();
    }

    private void fillGallery() throws IOException {
        Path gallery = Files.createDirectories(Path.of("target", "email-gallery"));
        for (String locale : Samples.LOCALES) {
            for (String message : Samples.MESSAGES) {
                show(
                        gallery,
                        message + "." + locale,
                        render(message, locale, Samples.model(message, locale)));
            }
            for (String message : Samples.MESSAGES) {
                Map<String, Object> model = Samples.model(message, locale);
                if (model.containsKey("voucher")) {
                    model.put("voucher", Map.of("reward", POINTS.get(locale)));
                    show(gallery, message + "-points." + locale, render(message, locale, model));
                }
            }
            show(
                    gallery,
                    "birthday-wishes." + locale,
                    birthday(locale, Map.of(), "voucher", "name"));
            String longest =
                    "Nguyễn Hoàng Phúc Wolfeschlegelsteinhausenberger".repeat(5).substring(0, 200);
            show(gallery, "birthday-long." + locale, birthday(locale, Map.of("name", longest)));
        }
        for (String locale : Samples.LOCALES) {
            for (String message : List.of("anniversary", "monthly_progress", "win_back")) {
                show(
                        gallery,
                        message + "-bare." + locale,
                        render(message, locale, Samples.bare(message, locale)));
            }
        }
        show(
                gallery,
                "birthday-rtl.en",
                birthday(
                        "en",
                        Map.of(
                                "name",
                                "محمد بن أحمد",
                                "brand",
                                Map.of("name", "قهوة السحاب", "color", "#ffd54f"))));
    }

    /** The same on a few pictures, for {@code docs/emails}: with {@code -Demails.sheets=true}. */
    @Test
    @EnabledIfSystemProperty(named = "emails.sheets", matches = "true")
    void theGalleryFitsOnAFewSheets() throws IOException {
        fillGallery();
        for (String locale : Samples.LOCALES) {
            for (String message : Samples.MESSAGES) {
                showReaders(message, locale);
            }
        }
        ContactSheet sheets =
                new ContactSheet(
                        Path.of("target", "email-gallery"),
                        Samples.TEMPLATES.resolveSibling("docs").resolve("emails"));
        for (String locale : Samples.LOCALES) {
            sheets.take(locale, named(Samples.MESSAGES, locale), ColorScheme.LIGHT);
        }
        sheets.take("dark.vi", named(Samples.MESSAGES, "vi"), ColorScheme.DARK);
        List<String> edges =
                Stream.of("birthday", "monthly_progress", "win_back", "written")
                        .flatMap(message ->
                                Stream.of("plain", "rtl", "long", "vnd", "zero")
                                        .map(reader -> message + "-" + reader))
                        .toList();
        List<String> more =
                List.of(
                        "birthday-wishes.vi",
                        "birthday-points.vi",
                        "anniversary-bare.vi",
                        "monthly_progress-bare.vi",
                        "win_back-bare.vi",
                        "birthday-rtl.en");
        sheets.take(
                "edge-cases",
                Stream.concat(named(edges, "vi").stream(), more.stream()).toList(),
                ColorScheme.LIGHT);
    }

    private static List<String> named(List<String> mails, String locale) {
        return mails.stream().map(mail -> mail + "." + locale).toList();
    }

    /** Each mail for the readers who break mails, with the QR code that comes with a voucher. */
    @ParameterizedTest
    @MethodSource("all")
    void noReaderBreaksTheStructure(String message, String locale) throws IOException {
        showReaders(message, locale);
    }

    private void showReaders(String message, String locale) throws IOException {
        Path gallery = Files.createDirectories(Path.of("target", "email-gallery"));
        Map<String, Object> noughts = Map.of("points", locale.equals("vi") ? "0 ₫" : "0 points");
        Map<String, Map<String, Object>> readers =
                Map.of(
                        "plain", Map.of(),
                        "rtl", Map.of("name", "محمد بن أحمد"),
                        "long", Map.of("name", "Wolfeschlegel".repeat(16).substring(0, 200)),
                        "vnd", Map.of("standing", Map.of("points", "12.345.678.900 ₫")),
                        "zero", Map.of("standing", noughts));
        for (Map.Entry<String, Map<String, Object>> reader : readers.entrySet()) {
            Map<String, Object> model = Samples.model(message, locale);
            if (reader.getKey().equals("plain")) {
                model.remove("name");
            }
            reader.getValue()
                    .forEach((key, value) ->
                            model.put(
                                    key,
                                    value instanceof Map<?, ?> part
                                            ? merged(model.get(key), part)
                                            : value));
            if (model.get("voucher") instanceof Map<?, ?> voucher) {
                Map<String, Object> shown = new LinkedHashMap<>();
                voucher.forEach((key, value) -> shown.put(String.valueOf(key), value));
                shown.put("qr", QrCode.runs("MAY7K4P92QDX"));
                model.put("voucher", shown);
            }
            Rendered mail = render(message, locale, model);
            show(gallery, message + "-" + reader.getKey() + "." + locale, mail);
            for (String tag : List.of("table", "tr", "td", "div", "h1", "a", "bdi", "strong")) {
                assertThat(count(mail.html(), "<" + tag + "[ >]"))
                        .as(tag)
                        .isEqualTo(count(mail.html(), "</" + tag + ">"));
            }
            assertThat(mail.html()).doesNotContain("${", "<#", "null").hasSizeLessThan(60_000);
            assertThat(mail.subject()).isNotBlank().doesNotContain("\n");
            assertThat(mail.text()).isNotBlank().doesNotContain("${", "<#", "\n\n\n");
        }
    }

    private static Map<String, Object> merged(@Nullable Object whole, Map<?, ?> part) {
        Map<String, Object> merged = new LinkedHashMap<>();
        if (whole instanceof Map<?, ?> before) {
            before.forEach((key, value) -> merged.put(String.valueOf(key), value));
        }
        part.forEach((key, value) -> merged.put(String.valueOf(key), value));
        return merged;
    }

    private static long count(String html, String pattern) {
        // What is for one old reader only stands in comments of its own.
        String shown = html.replaceAll("(?s)<!--.*?-->", "");
        return Pattern.compile(pattern).matcher(shown).results().count();
    }

    private static void show(Path gallery, String name, Rendered mail) throws IOException {
        Files.writeString(gallery.resolve(name + ".html"), mail.html());
        Files.writeString(gallery.resolve(name + ".txt"), mail.subject() + "\n\n" + mail.text());
    }
}
