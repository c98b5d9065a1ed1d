package io.regulars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs of docs/quickstart.md, run as they stand there, twice. */
class QuickstartTest {

    private static final Path PAGE =
            Path.of(System.getProperty("root.dir"), "docs", "quickstart.md");

    private static Shop shop;

    @TempDir Path temp;

    @BeforeAll
    static void aShop() {
        shop = ServiceUnderTest.shared().signUp();
        Shop.publish(shop.testCalls(), Shop.program("VND", 10_000));
        // Who comes from the README has its member already.
        Shop.enrol(
                shop.testCalls(),
                Map.of("external_id", "C-1001", "name", "Lan", "email", "lan@example.com"));
    }

    @ParameterizedTest
    @CsvSource({
        "bash, bash, quickstart.sh",
        "javascript, node, quickstart.js",
        "python, python3, quickstart.py",
        "java, java, Quickstart.java"
    })
    void runsAsItStandsThereAndMayBeRunAgain(String language, String program, String file)
            throws Exception {
        Assumptions.assumeTrue(isThere(program), program + " is not on this machine");
        Path script = temp.resolve(file);
        Files.writeString(script, block(language));
        for (int i = 0; i < 2; i++) {
            assertThat(run(program, script)).endsWith("earned 25");
        }
    }

    private static String block(String language) throws IOException {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static String run(String program, Path script) throws Exception {
        String command =
                program.equals("java")
                        ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
                        : program;
        ProcessBuilder builder = new ProcessBuilder(List.of(command, script.toString()));
        Map<String, String> environment = builder.environment();
        environment.put("REGULARS", shop.service().base().toString());
        environment.put("REGULARS_KEY", shop.testKey());
        environment.remove("JAVA_TOOL_OPTIONS");
        Process process = builder.redirectErrorStream(true).start();
        String said =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static boolean isThere(String program) {
        return program.equals("java")
                || List.of(System.getenv("PATH").split(":", -1)).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
