package io.regulars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/traps.md} names a test for each trap; here it is seen that they are there. */
class TrapsTest {

    private static final Path ROOT = Path.of(System.getProperty("root.dir"));
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)#(\\w+)`");
    private static final Pattern TRAP = Pattern.compile("(?m)^\\| (?!trap |preset )(.*)$");

    @Test
    void everyTrapNamesATestAndEachOfThemIsThere() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/traps.md"));
        assertThat(TRAP.matcher(page).results().map(row -> row.group(1)))
                .hasSizeGreaterThan(70)
                .allSatisfy(row -> assertThat(row).containsPattern(NAMED));
        Map<String, String> tests = tests();
        assertThat(NAMED.matcher(page).results())
                .allSatisfy(named ->
                        assertThat(tests.getOrDefault(named.group(1), ""))
                                .as(named.group())
                                .contains("void " + named.group(2) + "("));
    }

    private static Map<String, String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("app/src/test/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(
                            Collectors.toMap(
                                    file -> file.getFileName().toString().replace(".java", ""),
                                    TrapsTest::text,
                                    String::concat));
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
