package io.regulars.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Nobody is trusted: what a client writes is worth nothing.
                "''               | 203.0.113.9 | 198.51.100.1                 | 203.0.113.9",
                "10.0.0.0/8       | 10.1.2.3    | 198.51.100.1                 | 198.51.100.1",
                // What stands before the trusted part was written by the client itself.
                "10.0.0.0/8       | 10.1.2.3    | 6.6.6.6,198.51.100.1         | 198.51.100.1",
                "10.0.0.0/8       | 10.1.2.3    | 6.6.6.6,198.51.100.1,10.9.9.9 | 198.51.100.1",
                "10.0.0.0/8       | 203.0.113.9 | 198.51.100.1                 | 203.0.113.9",
                "10.0.0.0/8, ::1  | ::1         | 2001:db8::7                  | 2001:db8::7",
                "10.0.0.0/8       | 10.1.2.3    | localhost                    | localhost",
            })
    void theLastAddressThatATrustedProxySawCounts(
            String trusted, String peer, String forwarded, String client) {
        assertThat(new ClientAddresses(trusted).client(peer, List.of(forwarded.split(",", -1))))
                .contains(client);
    }
}
