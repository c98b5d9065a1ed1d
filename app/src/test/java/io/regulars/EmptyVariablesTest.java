package io.regulars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the environment may say, and what of it is refused before anything starts. */
class EmptyVariablesTest {

    @ParameterizedTest
    @CsvSource({
        "PORT, abc",
        "PORT, 70000",
        "ADMIN_PORT, 80 81",
        "RATE_LIMIT, -1",
        "RATE_LIMIT_ADDRESS, many",
        "PUBLIC_URL, notaurl",
        "PUBLIC_URL, ftp://shop.example",
        "PUBLIC_URL, https:///path",
    })
    void aValueThatCannotBeIsRefusedByTheNameOfItsVariable(String variable, String value) {
        assertThatThrownBy(() -> Maintenance.settings(name -> name.equals(variable) ? value : null))
                .satisfies(refused ->
                        assertThat(Regulars.message(refused))
                                .startsWith(variable + " must ")
                                .contains(value)
                                .doesNotContain("regulars.yml"));
    }

    @Test
    void whatCanBeIsTaken() throws Exception {
        Map<String, String> said =
                Map.of(
                        "PORT",
                        "0",
                        "RATE_LIMIT",
                        "0",
                        "PUBLIC_URL",
                        "https://shop.example/regulars/");
        assertThat(Maintenance.settings(said::get).publicUrl())
                .isEqualTo("https://shop.example/regulars/");
    }

    @Test
    void anEmptyVariableCountsAsAbsent() throws Exception {
        Settings absent = Maintenance.settings(name -> null);
        Settings empty = Maintenance.settings(name -> "");
        assertThat(empty.billing().requestsPerSecond())
                .isEqualTo(absent.billing().requestsPerSecond())
                .isPositive();
        assertThat(empty.jobs().tick()).isNotNull().isEqualTo(absent.jobs().tick());
        assertThat(empty.dataDir()).isEqualTo(absent.dataDir());
    }
}
