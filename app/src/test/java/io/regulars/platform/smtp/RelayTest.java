package io.regulars.platform.smtp;

import static io.regulars.platform.smtp.ScriptedRelay.CLOSE;
import static io.regulars.platform.smtp.ScriptedRelay.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayTest {
    private static final String TAKES_SEVERAL = "250-scripted\r\n250 PIPELINING";
    private static final String HASTY = "read=3s&write=3s&connect=3s";

    @Test
    void aMailTheRelayTakesIsAccepted() throws IOException {
        try (ScriptedRelay server = new ScriptedRelay();
                Relay relay = relay(server)) {
            assertThat(relay.deliver(Mails.mail()))
                    .isEqualTo(new Handover.Accepted("250 2.0.0 queued as 42"));
            assertThat(server.mails).hasSize(1);
            assertThat(server.log)
                    .contains(
                            "0 MAIL FROM:<bounce+1@mail.example>",
                            "0 RCPT TO:<lan@member.example>");
        }
    }

    @Test
    void aRelayThatTurnsUsAwayAtTheDoorDefers() throws IOException {
        try (ScriptedRelay server = new ScriptedRelay(Map.of("connect", "421 too busy"));
                Relay relay = relay(server)) {
            assertThat(relay.deliver(Mails.mail()))
                    .asInstanceOf(InstanceOfAssertFactories.type(Handover.Deferred.class))
                    .extracting(Handover.Deferred::code)
                    .isEqualTo(OptionalInt.of(421));
        }
    }

    @Test
    void aRefusedSignInDefersBecauseItSaysNothingAboutTheMail() throws IOException {
        try (ScriptedRelay server =
                        new ScriptedRelay(
                                Map.of(
                                        "EHLO",
                                        "250-hi\r\n250 AUTH PLAIN",
                                        "AUTH",
                                        "535 wrong password"));
                Relay relay =
                        new Relay(SmtpUrl.parse(server.url(HASTY).replace("//", "//shop:pass@")))) {
            Handover handover = relay.deliver(Mails.mail());
            assertThat(handover).isInstanceOf(Handover.Deferred.class);
            assertThat(handover.toString()).contains("535").doesNotContain("pass@");
        }
    }

    @Test
    void aRelayThatOffersNoSignInIsNotUsedWithoutIt() throws IOException {
        try (ScriptedRelay server = new ScriptedRelay(Map.of("RCPT", "550 relaying denied"));
                Relay relay =
                        new Relay(SmtpUrl.parse(server.url(HASTY).replace("//", "//shop:pass@")))) {
            assertThat(relay.deliver(Mails.mail())).isInstanceOf(Handover.Deferred.class);
            assertThat(server.log).noneMatch(line -> line.contains("RCPT"));
        }
    }

    @Test
    void aPasswordIsNotSentToARelayThatOffersNoEncryption() throws IOException {
        try (ScriptedRelay server = new ScriptedRelay(Map.of("EHLO", "250-hi\r\n250 AUTH PLAIN"));
                Relay relay =
                        new Relay(
                                SmtpUrl.parse(
                                        server.url(HASTY)
                                                .replace("starttls=off", "starttls=required")
                                                .replace("//", "//shop:pass@")))) {
            assertThat(relay.deliver(Mails.mail())).isInstanceOf(Handover.Deferred.class);
            assertThat(server.log).noneMatch(line -> line.contains("AUTH"));
        }
    }

    @Test
    void nobodyListeningDefers() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        try (Relay relay = new Relay(SmtpUrl.parse("smtp://127.0.0.1:" + port + "?" + HASTY))) {
            assertThat(relay.deliver(Mails.mail()))
                    .asInstanceOf(InstanceOfAssertFactories.type(Handover.Deferred.class))
                    .extracting(Handover.Deferred::code)
                    .isEqualTo(OptionalInt.empty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"250 scripted", TAKES_SEVERAL})
    void aKeptConnectionThatDiedIsReplacedAtOnceAndTheMailAccepted(String hello)
            throws IOException {
        isReplaced(Map.of("EHLO", hello, "MAIL2", CLOSE));
        isReplaced(Map.of("EHLO", hello, "MAIL2", "421 shutting down"));
    }

    private static void isReplaced(Map<String, String> script) throws IOException {
        try (ScriptedRelay server = new ScriptedRelay(script, Map.of());
                Relay relay = relay(server)) {
            assertThat(relay.deliver(Mails.mail())).isInstanceOf(Handover.Accepted.class);
            assertThat(relay.deliver(Mails.mail())).isInstanceOf(Handover.Accepted.class);
            assertThat(server.connections()).isEqualTo(2);
            assertThat(server.mails).hasSize(2);
        }
    }

    @Test
    void aFreshConnectionThatIsTurnedAwayIsNotTriedOverAndOver() throws IOException {
        try (ScriptedRelay server = new ScriptedRelay(Map.of("MAIL", "421 no"));
                Relay relay = relay(server)) {
            assertThat(relay.deliver(Mails.mail()))
                    .isEqualTo(
                            new Handover.Deferred(
                                    OptionalInt.of(421), "421 no", Handover.Stage.SENDER));
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aTemporaryNoToTheRecipientDefersAndKeepsTheConnection() throws IOException {
        try (ScriptedRelay server = new ScriptedRelay(Map.of("RCPT1", "451 greylisted"));
                Relay relay = relay(server)) {
            assertThat(relay.deliver(Mails.mail()))
                    .isEqualTo(
                            new Handover.Deferred(
                                    OptionalInt.of(451),
                                    "451 greylisted",
                                    Handover.Stage.RECIPIENT));
            assertThat(relay.deliver(Mails.mail())).isInstanceOf(Handover.Accepted.class);
            assertThat(server.connections()).isEqualTo(1);
            assertThat(server.log).contains("0 RSET");
        }
    }

    @Test
    void afterAFailedResetTheConnectionIsGivenUp() throws IOException {
        try (ScriptedRelay server =
                        new ScriptedRelay(
                                Map.of("RCPT", "451 later", "RSET", "500 what"), Map.of());
                Relay relay = relay(server)) {
            assertThat(relay.deliver(Mails.mail())).isInstanceOf(Handover.Deferred.class);
            assertThat(relay.deliver(Mails.mail())).isInstanceOf(Handover.Accepted.class);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"250 scripted", TAKES_SEVERAL})
    void aFinalNoIsRefusedWithTheStepItAnswered(String hello) throws IOException {
        for (Map.Entry<String, Handover.Stage> step :
                Map.of(
                                "MAIL1", Handover.Stage.SENDER,
                                "RCPT1", Handover.Stage.RECIPIENT,
                                "DATA1", Handover.Stage.DATA,
                                "DOT", Handover.Stage.CONTENT)
                        .entrySet()) {
            try (ScriptedRelay server =
                            new ScriptedRelay(
                                    Map.of(
                                            "EHLO",
                                            hello,
                                            step.getKey(),
                                            "550 5.1.1 no such user"));
                    Relay relay = relay(server)) {
                assertThat(relay.deliver(Mails.mail()))
                        .isEqualTo(
                                new Handover.Refused(
                                        550, "550 5.1.1 no such user", step.getValue()));
                if (!step.getKey().equals("DOT")) {
                    assertThat(relay.deliver(Mails.mail())).isInstanceOf(Handover.Accepted.class);
                    assertThat(server.mails.getLast()).contains("Message-ID");
                }
                assertThat(server.connections()).isEqualTo(1);
            }
        }
    }

    @Test
    void aRelayThatTakesSeveralCommandsGetsThemInOnePiece() throws IOException {
        try (ScriptedRelay server = new ScriptedRelay(Map.of("EHLO", TAKES_SEVERAL));
                Relay relay = relay(server)) {
            relay.deliver(Mails.mail());
            relay.deliver(Mails.mail());
            assertThat(server.mails).hasSize(2).allMatch(mail -> mail.contains("Message-ID"));
            // RCPT and DATA, twice.
            assertThat(server.ahead).hasValue(4);
        }
        try (ScriptedRelay server = new ScriptedRelay();
                Relay relay = relay(server)) {
            relay.deliver(Mails.mail());
            assertThat(server.ahead).hasValue(0);
        }
    }

    @Test
    void aFullMailboxAtDataIsRefused() throws IOException {
        try (ScriptedRelay server = new ScriptedRelay(Map.of("DATA", "552 too much mail data"));
                Relay relay = relay(server)) {
            assertThat(relay.deliver(Mails.mail()))
                    .isEqualTo(
                            new Handover.Refused(
                                    552, "552 too much mail data", Handover.Stage.DATA));
        }
    }

    @Test
    void aRelayThatWantsASignInFirstDefersBecauseTheSetUpIsWrong() throws IOException {
        try (ScriptedRelay server =
                        new ScriptedRelay(Map.of("MAIL", "530 authentication required"));
                Relay relay = relay(server)) {
            assertThat(relay.deliver(Mails.mail())).isInstanceOf(Handover.Deferred.class);
        }
    }

    @Test
    void silenceAfterDataDefers() throws IOException {
        try (ScriptedRelay server = new ScriptedRelay(Map.of("DATA", SILENCE));
                Relay relay = hasty(server)) {
            assertThat(relay.deliver(Mails.mail())).isInstanceOf(Handover.Deferred.class);
        }
    }

    @Test
    void aCutInTheMiddleOfTheBodyDefers() throws IOException {
        try (ScriptedRelay server = new ScriptedRelay(Map.of("BODY", CLOSE));
                Relay relay = relay(server)) {
            assertThat(relay.deliver(large())).isInstanceOf(Handover.Deferred.class);
        }
    }

    @Test
    void aRelayThatStopsReadingTheBodyDefersAfterTheTimeOut() throws IOException {
        try (ScriptedRelay server = new ScriptedRelay(Map.of("BODY", SILENCE));
                Relay relay = hasty(server)) {
            assertThat(relay.deliver(large())).isInstanceOf(Handover.Deferred.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CLOSE, SILENCE, "250-half an answer", "what?"})
    void noAnswerToTheFinalDotLeavesTheMailUnknown(String answer) throws IOException {
        try (ScriptedRelay server = new ScriptedRelay(Map.of("DOT", answer), Map.of());
                Relay relay = hasty(server)) {
            assertThat(relay.deliver(Mails.mail())).isInstanceOf(Handover.Unknown.class);
            assertThat(relay.deliver(Mails.mail())).isInstanceOf(Handover.Accepted.class);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"421 going down", "451 disk full"})
    void aTemporaryNoToTheFinalDotIsSurelyNotTaken(String answer) throws IOException {
        try (ScriptedRelay server = new ScriptedRelay(Map.of("DOT", answer));
                Relay relay = relay(server)) {
            assertThat(relay.deliver(Mails.mail())).isInstanceOf(Handover.Deferred.class);
        }
    }

    @Test
    void aRelayThatClosesAfterSomeMailsLosesAndDoublesNone() throws IOException {
        try (ScriptedRelay server = new ScriptedRelay(Map.of("MAIL4", CLOSE));
                Relay relay = relay(server)) {
            for (int i = 0; i < 10; i++) {
                assertThat(relay.deliver(Mails.mail())).isInstanceOf(Handover.Accepted.class);
            }
            assertThat(server.mails).hasSize(10);
            assertThat(server.connections()).isEqualTo(4);
        }
    }

    @Test
    void aConnectionIsRenewedAfterItsShareOfMails() throws IOException {
        try (ScriptedRelay server = new ScriptedRelay();
                Relay relay = new Relay(SmtpUrl.parse(server.url("messages=2")))) {
            for (int i = 0; i < 5; i++) {
                assertThat(relay.deliver(Mails.mail())).isInstanceOf(Handover.Accepted.class);
            }
            assertThat(server.connections()).isEqualTo(3);
            assertThat(server.log.stream().filter(line -> line.endsWith("QUIT"))).hasSize(2);
        }
    }

    @Test
    void idleConnectionsAreClosed() throws IOException {
        try (ScriptedRelay server = new ScriptedRelay();
                Relay relay = new Relay(SmtpUrl.parse(server.url("idle=100ms")))) {
            relay.deliver(Mails.mail());
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> server.open() == 0);
            assertThat(server.log).contains("0 QUIT");
        }
    }

    @Test
    void manySendersShareTheFewConnections() throws Exception {
        try (ScriptedRelay server = new ScriptedRelay();
                Relay relay = new Relay(SmtpUrl.parse(server.url("connections=3")));
                ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Handover>> tasks = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                tasks.add(() -> relay.deliver(Mails.mail()));
            }
            for (Future<Handover> handover : senders.invokeAll(tasks)) {
                assertThat(handover.get()).isInstanceOf(Handover.Accepted.class);
            }
            assertThat(server.mails).hasSize(60);
            assertThat(server.connections()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void whoFindsAllConnectionsBusyIsDeferredInTheEnd() throws Exception {
        try (ScriptedRelay server = new ScriptedRelay(Map.of("DATA", SILENCE));
                Relay relay =
                        new Relay(SmtpUrl.parse(server.url("read=2s&connections=1&wait=100ms")));
                ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Handover> first = senders.submit(() -> relay.deliver(Mails.mail()));
            Awaitility.await().until(() -> server.log.contains("0 DATA"));
            assertThat(relay.deliver(Mails.mail()).toString()).contains("busy");
            assertThat(first.get()).isInstanceOf(Handover.Deferred.class);
        }
    }

    @Test
    void closingSaysGoodbyeAndTakesNoMoreMails() throws IOException {
        try (ScriptedRelay server = new ScriptedRelay()) {
            Relay relay = relay(server);
            relay.deliver(Mails.mail());
            relay.close();
            Awaitility.await().until(() -> server.log.contains("0 QUIT"));
            assertThat(relay.deliver(Mails.mail())).isInstanceOf(Handover.Deferred.class);
        }
    }

    private static Relay relay(ScriptedRelay server) {
        return new Relay(SmtpUrl.parse(server.url("")));
    }

    /** Only where silence is to be felt: a short time-out fails the others on a busy machine. */
    private static Relay hasty(ScriptedRelay server) {
        return new Relay(SmtpUrl.parse(server.url(HASTY)));
    }

    /**
     * Larger than all buffers on the way, so that the cut is felt while the body is being written.
     */
    private static Outgoing large() {
        return Mails.with("Lan", "Large", "x".repeat(30_000_000), "text", Map.of());
    }
}
