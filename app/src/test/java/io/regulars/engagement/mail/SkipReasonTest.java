package io.regulars.engagement.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SkipReasonTest {

    private static final Path DOCS = Path.of(System.getProperty("root.dir")).resolve("docs");

    @ParameterizedTest
    @ValueSource(strings = {"mail.md", "campaigns.md"})
    void eachIsInTheDocuments(String page) throws IOException {
        String text = Files.readString(DOCS.resolve(page));
        for (SkipReason reason : SkipReason.values()) {
            assertThat(text).contains("`" + reason.key() + "`");
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachIsFoundByWhatStandsInTheMessage(SkipReason reason) {
        assertThat(SkipReason.named(reason.key())).contains(reason);
    }
}
