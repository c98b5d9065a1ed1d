package io.regulars.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ErrorCatalogueTest {

    @Test
    void thePageInTheTreeIsInStepWithTheCode() throws Exception {
        Path page = Path.of(System.getProperty("root.dir"), "docs", "errors.md");
        if (Boolean.getBoolean("regen")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, ErrorCatalogue.markdown());
        }
        assertThat(page)
                .as("run this test with -Dregen=true")
                .exists()
                .content()
                .isEqualTo(ErrorCatalogue.markdown());
    }
}
