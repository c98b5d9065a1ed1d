package io.regulars.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no compiler looks at. */
class TidyTest {

    // In two parts, so that this file is not what it finds.
    private static final Pattern UNFINISHED =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");
    private static final Pattern MIGRATION =
            Pattern.compile("(control|tenant)/V\\d{12}__[a-z0-9_]+\\.sql");
    private static final Set<String> OUR_TEXTS =
            Set.of(
                    "java", "sql", "ftl", "ftlh", "yml", "yaml", "sh", "xml", "md", "css", "js",
                    "html");
    private static final Set<String> OUR_PROGRAMS = Set.of("regulars", "Dockerfile", "run");

    /** Where files of ours are; a demo or a build may leave others beside them. */
    private static final List<String> OUR_PLACES =
            List.of(
                    ".ci",
                    ".mvn",
                    "app/config",
                    "app/src",
                    "bench",
                    "docs",
                    "email-templates",
                    "migrations",
                    "tenants-config");

    private static final Path TEMPLATES = Sources.ROOT.resolve("email-templates");

    @Test
    void nothingIsLeftForLater() {
        assertThat(ourFiles().filter(file -> isOurText(file)))
                .as("what is not done stands in an issue, where somebody looks")
                .allSatisfy(file ->
                        assertThat(UNFINISHED.matcher(Sources.read(file)).results())
                                .as(Sources.ROOT.relativize(file).toString())
                                .isEmpty());
    }

    @Test
    void everyMessageIsWrittenInBothLanguagesWithAllParts() {
        assertThat(messages())
                .as("a member gets the whole mail in the own language, or in English")
                .isNotEmpty()
                .allSatisfy(message ->
                        assertThat(partsOf(message))
                                .contains(
                                        "sample.json",
                                        "en/subject.ftl",
                                        "en/html.ftlh",
                                        "en/text.ftl",
                                        "vi/subject.ftl",
                                        "vi/html.ftlh",
                                        "vi/text.ftl"));
    }

    @Test
    void everyLanguageOfAMessageHasAllPartsAndNothingElse() {
        Pattern part =
                Pattern.compile("sample\\.json|[a-z]{2}/(subject\\.ftl|html\\.ftlh|text\\.ftl)");
        assertThat(messages())
                .allSatisfy(message -> {
                    assertThat(partsOf(message)).allMatch(name -> part.matcher(name).matches());
                    assertThat(partsOf(message).stream().filter(name -> name.contains("/")))
                            .as("three parts for each language")
                            .hasSize(3 * (int) languagesOf(message));
                });
    }

    @Test
    void everySampleIsAnObject() {
        ObjectMapper json = new ObjectMapper();
        assertThat(messages())
                .allSatisfy(message -> {
                    String sample = Sources.read(TEMPLATES.resolve(message + "/sample.json"));
                    assertThat(json.readTree(sample).getNodeType()).isEqualTo(JsonNodeType.OBJECT);
                });
    }

    @Test
    void everyMessageIsSentBySomebody() {
        Set<String> texts =
                Sources.texts().stream()
                        .filter(text -> !text.packageName().equals("io.regulars.demo"))
                        .map(Sources.Text::value)
                        .collect(Collectors.toSet());
        assertThat(messages()).as("a folder that no code names is dead").isSubsetOf(texts);
    }

    @Test
    void everyMigrationIsOneThatRuns() {
        Path folder = Sources.ROOT.resolve("migrations");
        assertThat(Sources.files(folder).stream().map(folder::relativize).map(Path::toString))
                .as("the runners read these two folders and these names only")
                .isNotEmpty()
                .allMatch(name -> MIGRATION.matcher(name).matches())
                .allSatisfy(name ->
                        assertThat(Sql.script(Sources.read(folder.resolve(name)))).isNotEmpty());
    }

    @Test
    void noTwoMigrationsOfASetHaveTheSameVersion() {
        Path folder = Sources.ROOT.resolve("migrations");
        assertThat(
                        Sources.files(folder).stream()
                                .map(folder::relativize)
                                .map(file -> file.toString().replaceFirst("__.*", "")))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyYamlFileCanBeRead() {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        assertThat(ourFiles().filter(file -> Set.of("yml", "yaml").contains(extension(file))))
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThatCode(() -> yaml.readTree(Sources.read(file)))
                                .as(Sources.ROOT.relativize(file).toString())
                                .doesNotThrowAnyException());
    }

    private static Stream<Path> ourFiles() {
        Stream<Path> atTheTop =
                Stream.of(
                                "pom.xml",
                                "app/pom.xml",
                                "bench/pom.xml",
                                "compose.yaml",
                                "regulars",
                                "Dockerfile")
                        .map(Sources.ROOT::resolve)
                        .filter(Files::isRegularFile);
        Stream<Path> documents =
                Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
                        .map(Sources.ROOT::resolve)
                        .filter(Files::isRegularFile);
        Stream<Path> inside =
                OUR_PLACES.stream()
                        .map(Sources.ROOT::resolve)
                        .filter(Files::isDirectory)
                        .flatMap(place -> Sources.files(place).stream());
        return Stream.of(atTheTop, documents, inside).flatMap(files -> files);
    }

    private static boolean isOurText(Path file) {
        return OUR_TEXTS.contains(extension(file))
                || OUR_PROGRAMS.contains(file.getFileName().toString());
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The folders of messages; what begins with an underscore is shared by them. */
    private static List<String> messages() {
        return Sources.files(TEMPLATES).stream()
                .map(file -> TEMPLATES.relativize(file).getName(0).toString())
                .filter(name -> !name.startsWith("_"))
                .distinct()
                .toList();
    }

    private static List<String> partsOf(String message) {
        Path folder = TEMPLATES.resolve(message);
        return Sources.files(folder).stream()
                .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                .toList();
    }

    private static long languagesOf(String message) {
        return partsOf(message).stream()
                .filter(name -> name.contains("/"))
                .map(name -> name.substring(0, name.indexOf('/')))
                .distinct()
                .count();
    }
}
