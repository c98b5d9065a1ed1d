package io.regulars.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.bench.lab.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final List<String> ORDER = List.of("first", "second");

    @Test
    void aRunReplacesItsOwnSectionOnlyAndKeepsTheOrder(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("bench.md");
        write(file, "second", 7);
        write(file, "first", 1);
        write(file, "first", 2);
        assertThat(Report.read(file, "# Measured\n", ORDER).markdown())
                .containsSubsequence(
                        "# Measured", "## first", "| it | 2 s", "## second", "| it | 7 s")
                .doesNotContain("| it | 1 s");
    }

    @Test
    void theSectionOfABenchThatIsGoneGoesToo(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("bench.md");
        write(file, "first", 1);
        assertThat(Report.read(file, "# Measured\n", List.of("second")).markdown())
                .doesNotContain("first");
    }

    @Test
    void aRowSaysMedianSpreadReferenceRatioAndWhyAGoalIsMissed() {
        Figure figure =
                Figure.of("it", "/s", Series.of(300, 100, 200))
                        .against("pgbench", Series.of(1000))
                        .reach(Goal.ratioAtLeast(0.5))
                        .because("it is slow");
        assertThat(Section.of("title", "text", List.of(figure)).markdown("first", "here"))
                .contains(
                        "| it | 200 /s | 100–300 | pgbench 1,000 /s | 0.20 | ratio ≥ 0.50 | **no**:"
                                + " it is slow |")
                .contains("*here*");
    }

    @Test
    void aGoalOfTheValueItselfIsReachedOnItsBound() {
        assertThat(Figure.of("it", "s", 2.5).reach(Goal.atMost(2.5)).verdict()).isEqualTo("yes");
        assertThat(Figure.of("it", "s", 2.6).reach(Goal.atMost(2.5)).missed()).isTrue();
    }

    private static void write(Path file, String name, double value) throws IOException {
        Report report = Report.read(file, "# Measured\n", ORDER);
        report.put(
                name,
                Section.of("title", "text", List.of(Figure.of("it", "s", value)))
                        .with("A note.")
                        .markdown(name, "here"));
        report.write(file);
    }
}
