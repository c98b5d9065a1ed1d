package io.regulars.engagement.churn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The figures in docs/winback.md are what the model says. {@code -Dregen=true} writes them. */
class WinbackDocumentTest {

    private static final Path DOCUMENT =
            Path.of(System.getProperty("root.dir"), "docs", "winback.md");
    private static final String BEGIN = "<!-- figures: made by WinbackFigures -->\n\n";
    private static final String END = "\n<!-- end of figures -->\n";

    @Test
    void theFiguresAreInStepWithTheModel() throws IOException {
        String figures = WinbackFigures.ofCdnow().markdown();
        String document = Files.readString(DOCUMENT);
        int from = document.indexOf(BEGIN) + BEGIN.length();
        int to = document.indexOf(END);
        assertThat(document).contains(BEGIN, END);
        if (Boolean.getBoolean("regen")) {
            Files.writeString(
                    DOCUMENT, document.substring(0, from) + figures + document.substring(to));
        } else {
            assertThat(document.substring(from, to)).isEqualTo(figures);
        }
    }
}
