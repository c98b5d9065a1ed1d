package io.regulars.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.ServiceUnderTest;
import io.regulars.edge.HostileStrings;
import io.regulars.journeys.HostileCalls.Attempt;
import io.regulars.testing.DocumentedCalls;
import io.regulars.testing.DocumentedCalls.Call;
import io.regulars.testing.OddBodies;
import io.regulars.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Whatever is sent to any documented call, the answer is a sensible one, and what was taken is
 * there as it was said. A choice by a fixed seed; with {@code -Dhostile=all} everything.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputJourney {

    private static final boolean ALL = "all".equals(System.getProperty("hostile"));
    private static final int CHOICE = 500;
    private static final int WORKERS = ALL ? 4 : 2;

    /**
     * They need what cannot be had here, such as a token of a mail or a payment provider, or would
     * take away what others are about.
     */
    private static final Set<String> OUT_OF_REACH =
            Set.of(
                    "post /v1/billing/checkout-sessions",
                    "post /v1/billing/portal-sessions",
                    "post /v1/email-changes",
                    "post /v1/program/draft/from-preset",
                    "post /v1/email-changes/confirm",
                    "post /v1/invitations/accept",
                    "post /v1/password-resets/confirm",
                    "post /v1/sessions",
                    "post /v1/signups/verify",
                    "post /v1/test-clock",
                    "post /v1/purchases/claim",
                    "post /v1/members/{id}/unmerge",
                    "post /v1/vouchers/rollback");

    /** Would take from the shop what the other calls are about. */
    private static final Set<String> LEFT_ALONE = Set.of("delete /v1/tenant");

    private final ServiceUnderTest service =
            ALL
                    ? ServiceUnderTest.start(
                            TestDatabase.create(),
                            Map.of("RATE_LIMIT", "0", "RATE_LIMIT_ADDRESS", "0"))
                    : ServiceUnderTest.shared();
    private final List<Call> calls =
            new DocumentedCalls(service.api().get("/v1/openapi.json").asString())
                    .all().stream().filter(call -> !LEFT_ALONE.contains(name(call))).toList();
    private final List<HostileCalls> workers = new ArrayList<>();

    HostileInputJourney() {
        Set<String> readable =
                calls.stream()
                        .filter(call -> call.method().equals("get"))
                        .map(Call::path)
                        .collect(Collectors.toSet());
        IntStream.range(0, WORKERS).forEach(i -> workers.add(new HostileCalls(service, readable)));
    }

    @AfterAll
    void close() {
        workers.forEach(HostileCalls::close);
        if (ALL) {
            service.close();
        }
    }

    @Test
    void everyCallHasABodyThatWouldBeTaken() throws Exception {
        List<String> refused = new ArrayList<>();
        try (HostileCalls own = new HostileCalls(service, Set.of())) {
            for (Call call : calls) {
                if (!call.body().isMissingNode() && !OUT_OF_REACH.contains(name(call))) {
                    own.refusal(call).ifPresent(refused::add);
                }
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void valuesOfAnotherTypeOrBeyondTheLimitsAreRefusedOrTaken() throws Exception {
        noneMayFail(attempts -> {
            for (Call call : calls) {
                if (!call.body().isMissingNode()) {
                    attempts.accept(new Attempt(call, "", call.body(), ""));
                }
                for (JsonNode value : OddBodies.values()) {
                    OddBodies.with(sensible(call), call.body(), value)
                            .forEach(odd ->
                                    attempts.accept(
                                            new Attempt(call, "", odd.body(), odd.place())));
                }
            }
        });
    }

    @Test
    void textsThatBreakOtherProgramsAreRefusedOrTaken() throws Exception {
        List<String> hostile = new ArrayList<>(HostileStrings.all());
        hostile.add("nul \0 within");
        hostile.add("a lone \ud800 surrogate");
        hostile.add("x".repeat(1_000_000));
        noneMayFail(attempts -> {
            for (Call call : calls) {
                for (String string : hostile) {
                    if (call.path().contains("{") && !string.isEmpty()) {
                        attempts.accept(new Attempt(call, string, sensible(call), ""));
                    }
                    OddBodies.withText(sensible(call), call.body(), string)
                            .forEach(odd ->
                                    attempts.accept(
                                            new Attempt(call, "", odd.body(), odd.place())));
                }
            }
        });
    }

    @Test
    void queriesOfAnyKindAreRefusedOrTaken() throws Exception {
        List<String> odd =
                List.of("", "0", "-1", "99999999999999999999", "x'--", "\0", "\u202e", "[]", "%");
        noneMayFail(attempts -> {
            for (Call call : calls) {
                for (String name : call.query()) {
                    odd.forEach(value ->
                            attempts.accept(
                                    new Attempt(
                                            new Call(
                                                    call.method(),
                                                    call.path()
                                                            + "?"
                                                            + name
                                                            + "="
                                                            + HostileCalls.encoded(value),
                                                    List.of(),
                                                    call.body()),
                                            call.method().equals("get") ? "" : "x",
                                            sensible(call),
                                            "")));
                }
            }
        });
    }

    private JsonNode sensible(Call call) {
        return workers.getFirst().sensible(call);
    }

    private static String name(Call call) {
        return call.method() + " " + call.path();
    }

    /** Has the workers make a choice of the attempts, each its own, so that none sees another's. */
    private void noneMayFail(Consumer<Consumer<Attempt>> all) throws Exception {
        AtomicInteger count = new AtomicInteger();
        all.accept(_ -> count.incrementAndGet());
        assertThat(count.get()).isPositive();
        double share = ALL ? 1 : Math.min(1, (double) CHOICE / count.get());
        Random choice = new Random(20_260_501);
        BlockingQueue<Attempt> waiting = new ArrayBlockingQueue<>(100);
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        AtomicInteger made = new AtomicInteger();
        List<Thread> threads =
                workers.stream()
                        .map(worker ->
                                Thread.ofVirtual()
                                        .start(() -> work(worker, waiting, failures, made)))
                        .toList();
        all.accept(attempt -> {
            if (choice.nextDouble() < share && failures.size() < 200) {
                put(waiting, attempt);
            }
        });
        for (Thread _ : threads) {
            put(waiting, HostileCalls.NOTHING);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).as(made + " of " + count + " attempts").isEmpty();
    }

    private static void put(BlockingQueue<Attempt> waiting, Attempt attempt) {
        try {
            if (!waiting.offer(attempt, 2, TimeUnit.MINUTES)) {
                throw new AssertionError("the service answers no more");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void work(
            HostileCalls worker,
            BlockingQueue<Attempt> waiting,
            Queue<String> failures,
            AtomicInteger made) {
        try {
            for (Attempt next = waiting.take();
                    !next.equals(HostileCalls.NOTHING);
                    next = waiting.take()) {
                made.incrementAndGet();
                worker.trouble(next).ifPresent(failures::add);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
