package io.regulars.platform.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The samples beside the templates: complete, and in every language. */
class SamplesTest {

    @Test
    void everyKeyOfASampleIsExplained() {
        Set<String> layout = Samples.section("_layout", "about").keySet();
        for (String message :
                Stream.concat(Stream.of("_layout"), Samples.MESSAGES.stream()).toList()) {
            Set<String> about = new HashSet<>(layout);
            about.addAll(Samples.section(message, "about").keySet());
            for (String locale : Samples.LOCALES) {
                assertThat(about).containsAll(keys("", Samples.section(message, locale)));
            }
        }
    }

    @Test
    void everyMessageSpeaksEveryLanguage() throws IOException {
        try (Stream<Path> folders = Files.list(Samples.TEMPLATES)) {
            List<String> messages =
                    folders.map(folder -> String.valueOf(folder.getFileName()))
                            .filter(name -> !name.startsWith("_"))
                            .toList();
            assertThat(messages).containsExactlyInAnyOrderElementsOf(Samples.MESSAGES);
        }
        for (String message : Samples.MESSAGES) {
            for (String locale : Samples.LOCALES) {
                for (String part : List.of("subject.ftl", "html.ftlh", "text.ftl")) {
                    assertThat(Samples.TEMPLATES.resolve(message).resolve(locale).resolve(part))
                            .isRegularFile();
                }
            }
        }
    }

    private static List<String> keys(String prefix, Map<?, ?> model) {
        List<String> keys = new ArrayList<>();
        model.forEach((key, value) -> {
            if (value instanceof Map<?, ?> map) {
                keys.addAll(keys(prefix + key + ".", map));
            } else if (value instanceof List<?> list) {
                list.forEach(part -> {
                    if (part instanceof Map<?, ?> map) {
                        keys.addAll(keys(prefix + key + ".", map));
                    } else {
                        keys.add(prefix + key);
                    }
                });
            } else {
                keys.add(prefix + key);
            }
        });
        return keys;
    }
}
