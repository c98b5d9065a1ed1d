package io.regulars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/walks.md} leads newcomers by names of classes and methods; here they are looked up.
 */
class WalksTest {

    private static final Path ROOT = Path.of(System.getProperty("root.dir"));
    private static final Path CODE = ROOT.resolve("app/src/main/java/io/regulars");

    /** Such as {@code platform.db.TenantDb} and {@code Ledger.lock}, or both in one. */
    private static final Pattern NAMED =
            Pattern.compile("`((?:[a-z]+\\.)*)([A-Z][a-z]\\w*)(?:\\.([a-z]\\w*))?`");

    private record Named(String room, String type, String method) {}

    @Test
    void everyClassAndMethodOfTheWalksIsThere() throws IOException {
        List<Named> names =
                NAMED.matcher(Files.readString(ROOT.resolve("docs/walks.md")))
                        .results()
                        .map(found ->
                                new Named(
                                        found.group(1),
                                        found.group(2),
                                        found.group(3) == null ? "" : found.group(3)))
                        .filter(named -> !named.room().isEmpty() || !named.method().isEmpty())
                        .distinct()
                        .toList();
        Map<String, String> code = code();
        assertThat(names)
                .hasSizeGreaterThan(35)
                .allSatisfy(named -> {
                    assertThat(code).as(named.type()).containsKey(named.type());
                    assertThat(
                                    CODE.resolve(
                                            named.room().replace('.', '/')
                                                    + named.type()
                                                    + ".java"))
                            .satisfies(file ->
                                    assertThat(named.room().isEmpty() || Files.exists(file))
                                            .isTrue());
                    assertThat(code.get(named.type()))
                            .as(named.toString())
                            .contains(named.method().isEmpty() ? "" : " " + named.method() + "(");
                });
    }

    private static Map<String, String> code() throws IOException {
        try (Stream<Path> files = Files.walk(CODE)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .collect(
                            Collectors.toMap(
                                    file -> file.getFileName().toString().replace(".java", ""),
                                    TrapsTest::text,
                                    String::concat));
        }
    }
}
