package io.regulars.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that last as long as the tests do. */
public final class TempFile {

    private TempFile() {}

    public static Path yaml(String text) {
        try {
            Path file = Files.createTempFile("regulars", ".yml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
