package io.regulars.platform.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StencilsTest {

    private final Templates templates = new Templates();

    static Stream<Arguments> all() {
        return Samples.MESSAGES.stream()
                .flatMap(message ->
                        Samples.LOCALES.stream()
                                .flatMap(locale ->
                                        Stream.of(
                                                Arguments.of(
                                                        message,
                                                        locale,
                                                        Samples.model(message, locale)),
                                                Arguments.of(
                                                        message,
                                                        locale,
                                                        Samples.bare(message, locale)))));
    }

    @ParameterizedTest
    @MethodSource("all")
    void aMailThatIsFilledInIsTheMailThatTheTemplatesPrint(
            String message, String locale, Map<String, Object> model) {
        Locale reader = Locale.forLanguageTag(locale);
        Map<String, Object> other = others(model, new AtomicInteger());
        renderTwice(message, reader, model);
        assertThat(templates.hasStencil(message, reader, other)).isTrue();

        Rendered filledIn = templates.render(message, reader, other);
        Rendered printed = new Templates().render(message, reader, other);

        assertThat(filledIn.subject()).isEqualTo(printed.subject());
        assertThat(filledIn.text()).isEqualTo(printed.text());
        assertThat(filledIn.html())
                .isEqualTo(printed.html())
                .contains("1 &lt;b&gt;&quot;")
                .doesNotContain("\u0001");
    }

    @Test
    void aMailWithADrawnCodeIsPrintedAndNotKept() {
        Map<String, Object> model = Samples.model("birthday", "en");
        List<List<Integer>> code = Collections.nCopies(30, Collections.nCopies(12, 2));
        model.put("voucher", Map.of("reward", "Cake", "code", "A", "qr", code));
        for (int i = 0; i < 3; i++) {
            templates.render("birthday", Locale.ENGLISH, model);
        }
        assertThat(templates.hasStencil("birthday", Locale.ENGLISH, model)).isFalse();
    }

    @Test
    void anEmptyTextIsNotTakenForOneThatSaysSomething() {
        Map<String, Object> named = Samples.model("broadcast", "en");
        renderTwice("broadcast", Locale.ENGLISH, named);
        Map<String, Object> nameless = new LinkedHashMap<>(named);
        nameless.put("name", "");
        assertThat(templates.hasStencil("broadcast", Locale.ENGLISH, named)).isTrue();
        assertThat(templates.hasStencil("broadcast", Locale.ENGLISH, nameless)).isFalse();
    }

    @Test
    void aMissingWayOutFailsHoweverOftenTheMailWasWritten() {
        Map<String, Object> model = Samples.model("broadcast", "en");
        renderTwice("broadcast", Locale.ENGLISH, model);
        model.remove("unsubscribe_url");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> templates.render("broadcast", Locale.ENGLISH, model))
                    .isInstanceOf(RenderingFailed.class);
        }
    }

    @Test
    void aMailThatGrowsTooLargeFailsAsWhenItIsPrinted() {
        Map<String, Object> model = Samples.model("broadcast", "en");
        renderTwice("broadcast", Locale.ENGLISH, model);
        model.put("name", "x".repeat(TemplateFiles.LARGEST));
        assertThatThrownBy(() -> templates.render("broadcast", Locale.ENGLISH, model))
                .isInstanceOf(RenderingFailed.class);
    }

    /** From then on mails of this shape are filled in. */
    private void renderTwice(String message, Locale reader, Map<String, Object> model) {
        templates.render(message, reader, model);
        templates.render(message, reader, model);
    }

    /** The same with other texts, each of them odd and unlike the others. */
    private static Map<String, Object> others(Map<?, ?> model, AtomicInteger number) {
        Map<String, Object> others = new LinkedHashMap<>();
        model.forEach((key, value) -> {
            boolean shops = List.of("brand", "sender", "unit", "type", "goal", "key").contains(key);
            others.put(String.valueOf(key), shops ? value : other(value, number));
        });
        return others;
    }

    private static Object other(Object value, AtomicInteger number) {
        return switch (value) {
            case String text when text.isEmpty() -> text;
            // What a template did to its beginning or its end, filling in would not do.
            case String _ -> " ấ" + number.incrementAndGet() + " <b>\"' & ${name} \u0001\n ế ";
            case Map<?, ?> map -> others(map, number);
            case List<?> list -> list.stream().map(item -> other(item, number)).toList();
            default -> value;
        };
    }
}
