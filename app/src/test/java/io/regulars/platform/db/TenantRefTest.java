package io.regulars.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regulars.platform.ids.TenantId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantRefTest {

    private static final String GOOD = "t_01m80pd511edfa3wp7mr111hr9";

    @Test
    void aSchemaOfTheRegistrysFormIsTaken() {
        assertThat(of(GOOD).schema()).isEqualTo(GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "public",
                "control",
                "regulars_service",
                "\"t_01m80pd511edfa3wp7mr111hr9\"",
                "t_01m80pd511edfa3wp7mr111hr9 ",
                "t_01m80pd511edfa3wp7mr111hr9\n",
                "t_01m80pd511edfa3wp7mr111h'9",
                "t_01m80pd511edfa3wp7mr111h 9",
                "t_01M80PD511EDFA3WP7MR111HR9",
                "t_01m80pd511edfa3wp7mr111hr9; reset role"
            })
    void aSchemaNameThatWouldNotBeSafeInSqlIsRefused(String schema) {
        assertThatThrownBy(() -> of(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a tenant schema");
    }

    private static TenantRef of(String schema) {
        return new TenantRef(
                TenantId.next(), Side.LIVE, schema, ZoneOffset.UTC, "VN", Locale.of("vi"));
    }
}
