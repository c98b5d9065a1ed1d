package io.regulars.platform.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusCodeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "550 | 5.1.1 nobody of that name",
                "550 | <a@b.example>: Recipient address rejected (#5.1.1)",
                "550 | 5.1.10 the domain takes no mail",
                "553 | 5.1.3 that is no address",
                "550 | 5.2.1 given up",
                "554 | 5.4.4 no such domain",
                "550 | 5.5.0 Requested action not taken: mailbox unavailable",
                "550 | No such user here",
                "551 | User not local; see 5.9.20.1",
                "553 | mailbox name not allowed"
            })
    void anAddressThatDoesNotExistWillNot(int code, String reply) {
        assertThat(refused(code, reply, Handover.Stage.RECIPIENT).isForTheAddress()).isTrue();
        assertThat(refused(code, reply, Handover.Stage.SENDER).isForTheAddress()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "554 | 5.7.1 Client host rejected",
                "550 | 5.7.1 relaying denied",
                "550 | 5.1.7 bad sender address",
                "550 | 5.1.8 Sender address rejected: Domain not found",
                "552 | 5.2.2 mailbox full",
                "552 | 5.2.3 message too large",
                "552 | storage exceeded",
                "554 | Transaction failed",
                "501 | Syntax error in parameters",
                "503 | RCPT before MAIL"
            })
    void whatIsTheSendersFaultOrPassesSaysNothingOfTheAddress(int code, String reply) {
        assertThat(refused(code, reply, Handover.Stage.RECIPIENT).isForTheAddress()).isFalse();
    }

    private static Handover.Refused refused(int code, String reply, Handover.Stage stage) {
        return new Handover.Refused(code, reply, stage);
    }
}
