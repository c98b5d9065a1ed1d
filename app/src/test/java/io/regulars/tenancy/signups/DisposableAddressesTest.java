package io.regulars.tenancy.signups;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisposableAddressesTest {

    @ParameterizedTest
    @CsvSource({
        "lan@mailinator.com, true",
        "lan@anything.mailinator.com, true",
        "lan@gmail.com, false",
        "lan@mailinator.com.example.org, false",
        "lan@com, false"
    })
    void aDomainAndWhatIsBelowItAreKnown(String address, boolean disposable) {
        assertThat(DisposableAddresses.has(address)).isEqualTo(disposable);
    }
}
