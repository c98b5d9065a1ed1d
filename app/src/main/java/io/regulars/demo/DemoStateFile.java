package io.regulars.demo;

import static io.regulars.demo.Wording.text;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * {@code demo.json} in the data directory. It holds keys, so it is its owner's alone to read, from
 * the first byte on.
 */
final class DemoStateFile {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    private final Path file;

    DemoStateFile(Path dataDir) {
        this.file = dataDir.resolve("demo.json");
    }

    Path path() {
        return file;
    }

    Optional<DemoState> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), DemoState.class));
        } catch (IOException e) {
            throw new DemoFailure(
                    file + " cannot be read. Take it away to let the demo sign a new shop up.", e);
        }
    }

    /**
     * Written beside and moved over: a crash leaves the former or the new one, never half of one.
     */
    void write(DemoState state) {
        try {
            Files.createDirectories(file.getParent());
            Path next = Files.createTempFile(file.getParent(), "demo", ".json", ownerOnly());
            Files.write(next, JSON.writeValueAsBytes(state));
            Files.move(
                    next,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DemoFailure(text("%s cannot be written: %s", file, e.getMessage()), e);
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-------");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
