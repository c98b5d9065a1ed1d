package io.regulars.platform.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.testing.Receiver;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutsideCallsTest {

    /** Ten seconds where it counts. */
    private static final Duration IN_ALL = Duration.ofSeconds(1);

    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void theAnswerIsToldWithItsStatusAndText() {
        receiver.which(Receiver.says(500, "so sorry"));
        assertThat(post(true, receiver.url()))
                .isInstanceOfSatisfying(
                        Answer.Said.class,
                        said -> {
                            assertThat(said.status()).isEqualTo(500);
                            assertThat(said.body()).isEqualTo("so sorry");
                        });
        assertThat(receiver.got().getFirst().header("x-ours")).isEqualTo("yes");
        assertThat(receiver.got().getFirst().body()).isEqualTo("{\"a\":1}");
    }

    @Test
    void aRedirectToTheCloudsOwnAddressIsAnAnswerAndIsNotFollowed() {
        receiver.which(Receiver.redirects("http://169.254.169.254/latest/meta-data/"));
        Answer answer = post(true, receiver.url());
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Said.class, said -> assertThat(said.status()).isEqualTo(307));
        assertThat(answer.took()).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void anAddressThatCannotBeCalledIsAnAnswerToo() {
        for (String address : List.of("https://example.com:99999/", "https:///", "mailto:a@b.vn")) {
            assertThat(post(true, URI.create(address)))
                    .as(address)
                    .isInstanceOf(Answer.Silent.class);
        }
    }

    @Test
    void whoeverHangsIsLeftWhenTheTimeIsUp() {
        receiver.which(receiver.hangs());
        Answer answer = post(true, receiver.url());
        assertThat(answer).isInstanceOf(Answer.Silent.class);
        assertThat(answer.took()).isBetween(IN_ALL.minusMillis(100), IN_ALL.plusSeconds(2));
    }

    @Test
    void whoeverTricklesIsLeftWhenTheTimeIsUpToo() {
        receiver.which(receiver.trickles());
        Answer answer = post(true, receiver.url());
        assertThat(answer).isInstanceOf(Answer.Silent.class);
        assertThat(answer.took()).isBetween(IN_ALL.minusMillis(100), IN_ALL.plusSeconds(2));
    }

    @Test
    void ofAnEndlessAnswerTheFirst64KilobytesAreRead() {
        receiver.which(Receiver.answersEndlessly());
        Answer answer = post(true, receiver.url());
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Said.class,
                        said -> assertThat(said.body()).hasSize(OutsideCalls.MOST_BYTES));
        assertThat(answer.took()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aPrivateAddressIsNotCalled() {
        assertThat(post(false, receiver.url()))
                .isInstanceOfSatisfying(
                        Answer.Silent.class,
                        silent -> assertThat(silent.reason()).contains("public address"));
        assertThat(receiver.got()).isEmpty();
    }

    @Test
    void aNameThatLeadsToThisMachineAtTheSecondLookIsNotCalled() throws Exception {
        Queue<InetAddress> answers = new ArrayDeque<>();
        answers.add(InetAddress.getByName("93.184.215.14"));
        answers.add(InetAddress.getLoopbackAddress());
        Targets targets = new Targets(false, host -> List.of(answers.remove()));
        // The look when the address was entered.
        assertThat(targets.addresses("rebinding.example")).hasSize(1);

        assertThat(post(targets, URI.create("http://rebinding.example:" + receiver.port() + "/")))
                .isInstanceOf(Answer.Silent.class);
        assertThat(receiver.got()).isEmpty();
    }

    @Test
    void aNameIsLookedUpOnceForEachCallAndTheConnectionGoesWhereTheLookLed() {
        AtomicInteger looks = new AtomicInteger();
        Targets targets =
                new Targets(
                        true,
                        host -> {
                            if (looks.incrementAndGet() > 1) {
                                throw new UnknownHostException(host);
                            }
                            return List.of(InetAddress.getLoopbackAddress());
                        });
        assertThat(post(targets, URI.create("http://pinned.example:" + receiver.port() + "/")))
                .isInstanceOf(Answer.Said.class);
        assertThat(looks).hasValue(1);
        assertThat(receiver.got().getFirst().header("host")).startsWith("pinned.example");
    }

    @Test
    void aNameWithAPublicAndAPrivateAddressIsNotCalled() {
        Targets targets =
                new Targets(
                        false,
                        host ->
                                List.of(
                                        InetAddress.getByName("93.184.215.14"),
                                        InetAddress.getLoopbackAddress()));
        assertThat(post(targets, URI.create("http://both.example:" + receiver.port() + "/")))
                .isInstanceOfSatisfying(
                        Answer.Silent.class,
                        silent -> assertThat(silent.reason()).contains("public address"));
    }

    @Test
    void aLookUpThatHangsIsLeftToo() {
        CountDownLatch never = new CountDownLatch(1);
        Targets targets =
                new Targets(
                        true,
                        host -> {
                            try {
                                never.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            throw new UnknownHostException(host);
                        });
        Answer answer = post(targets, URI.create("http://slow-dns.example/"));
        assertThat(answer).isInstanceOf(Answer.Silent.class);
        assertThat(answer.took()).isLessThan(IN_ALL.plusSeconds(2));
    }

    private static Answer post(boolean allowPrivate, URI uri) {
        return post(new Targets(allowPrivate, NameResolver.system()), uri);
    }

    private static Answer post(Targets targets, URI uri) {
        try (OutsideCalls calls = new OutsideCalls(targets, 1, IN_ALL)) {
            return calls.post(uri, Map.of("x-ours", "yes"), "{\"a\":1}").orElseThrow();
        }
    }
}
