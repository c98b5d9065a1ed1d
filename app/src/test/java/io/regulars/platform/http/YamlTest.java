package io.regulars.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import io.regulars.edge.HostileStrings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {

    record Box(String name, @Nullable Long size, @Nullable List<Box> boxes) {}

    record Texts(Map<String, String> texts) {}

    @Test
    void whatJsonCanSayYamlCanSay() throws Exception {
        assertThat(read("name: a\nsize: 1\nboxes:\n  - {name: 'on'}\n"))
                .isEqualTo(new Box("a", 1L, List.of(new Box("on", null, null))));
        assertThat(read("{\"name\": \"a\"}")).isEqualTo(new Box("a", null, null));
        assertThat(read("\uFEFF---\nname: a\n")).isEqualTo(new Box("a", null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\nname: lol\n",
                "name: &x a\n",
                "name: *x\n",
                "name: a\nboxes: [{<<: *x}]\n",
                "!!java.net.URL {name: a}\n",
                "name: !!javax.script.ScriptEngineManager [a]\n",
                "name: !x a\n",
                "name: a\n  size: 1\n",
                "name: [a\n",
                "name: a\nname: b\n",
                "\tname: a\n",
                "name: \"\\u0000\u0001\"\n",
                "%YAML 9.9\n---\nname: a\n",
                ""
            })
    void whatIsNoPlainYamlIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOfAny(Problem.class, JacksonException.class);
    }

    @Test
    void aMistakeIsShownWithItsLine() {
        assertThatThrownBy(() -> read("name: a\nsize: *x\n"))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> {
                            assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_YAML);
                            assertThat(problem.detail()).contains("line 2").contains("aliases");
                        });
    }

    @Test
    void depthIsLimited() {
        assertThatThrownBy(() -> read("name: a\nboxes: " + "[".repeat(10_000)))
                .isInstanceOf(Problem.class);
    }

    @Test
    void textsComeBackAsTheyWere() throws Exception {
        Map<String, String> tricky = new java.util.HashMap<>();
        for (String text :
                List.of(
                        "on",
                        "yes",
                        "null",
                        "~",
                        "1",
                        "1.0",
                        "0x1F",
                        "010",
                        "1e3",
                        ".inf",
                        "2026-01-01",
                        "07:00",
                        "- a",
                        "? b",
                        ": c",
                        "# d",
                        "a # b",
                        "a: b",
                        "*x",
                        "&x",
                        "!x",
                        "%x",
                        "@x",
                        "`x",
                        "'",
                        "\"",
                        "|",
                        ">",
                        "[",
                        "{",
                        " ",
                        " a ",
                        "a\nb",
                        "a\n",
                        "\n",
                        "\t",
                        "a\u0085b",
                        "a\u2028b",
                        "\u200f",
                        "🎂",
                        "---",
                        "...",
                        "<<",
                        "=",
                        "")) {
            tricky.put("k" + tricky.size(), text);
            tricky.put("key " + text, text);
        }
        comesBack(tricky);
    }

    @Test
    void hostileStringsComeBackAsTheyWere() throws Exception {
        for (String text : HostileStrings.all()) {
            comesBack(Map.of("a", text));
        }
    }

    private static void comesBack(Map<String, String> texts) throws IOException {
        String yaml = Yaml.write(new Texts(texts));
        assertThat(Yaml.read(yaml.getBytes(StandardCharsets.UTF_8), Texts.class).texts())
                .as(yaml)
                .isEqualTo(texts);
    }

    private static Box read(String text) throws IOException {
        return Yaml.read(text.getBytes(StandardCharsets.UTF_8), Box.class);
    }
}
