package io.regulars;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.platform.http.OpenApiDocument;
import io.regulars.platform.http.OpenApiResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What stands in docs/ is what the code says. {@code -Dregen=true} writes it anew. */
class DocumentsTest {

    private static final Path OPENAPI =
            Path.of(System.getProperty("root.dir"), "docs", "openapi.json");

    @Test
    void theOpenApiDocumentIsInStepWithTheCode() throws IOException {
        String document =
                OpenApiDocument.json(OpenApiResource.withItself(House.resources())) + "\n";
        if (Boolean.getBoolean("regen")) {
            Files.writeString(OPENAPI, document);
        }
        assertThat(Files.readString(OPENAPI)).isEqualTo(document);
    }
}
