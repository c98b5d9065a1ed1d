package io.regulars;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmptyVariablesTest {

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
