package io.regulars.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drill: what was copied is there again after it was unpacked elsewhere. */
class ColdCopyTest {

    @TempDir Path temp;

    private final TestDatabases databases = new TestDatabases();

    @AfterEach
    void stopAll() throws IOException {
        databases.close();
    }

    @Test
    void aDatabaseThatWasCopiedLivesOnInAnotherDirectory() throws Exception {
        Path first = Files.createDirectory(temp.resolve("first"));
        Path copy = temp.resolve("copy.zip");
        try (EmbeddedDatabase database = databases.start(first)) {
            TestDatabases.execute(
                    database.owner(),
                    "create schema shop",
                    "create table shop.member as select 42 as points");
            assertThatThrownBy(() -> ColdCopy.write(first, copy))
                    .isInstanceOf(EmbeddedDatabaseException.class);
        }
        Path second = temp.resolve("second");

        ColdCopy.write(first, copy);
        ColdCopy.read(copy, second);

        EmbeddedDatabase restored = databases.start(second);
        assertThat(TestDatabases.ask(restored.owner(), "select points from shop.member"))
                .isEqualTo("42");
        assertThatThrownBy(() -> ColdCopy.read(copy, second))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("not empty");
    }
}
