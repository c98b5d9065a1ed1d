package io.regulars.engagement.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.engagement.webhooks.Delivery.State;
import io.regulars.engagement.webhooks.RetryPlan.Outcome;
import io.regulars.platform.ids.TypeIds;
import io.regulars.platform.net.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPlanTest {

    private static final Instant NOW = Instant.parse("2027-02-03T10:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 299})
    void onlyA2xxIsSuccess(int status) {
        assertThat(RetryPlan.after(delivery(0), said(status), true, NOW).state())
                .isEqualTo(State.DELIVERED);
    }

    @ParameterizedTest
    @ValueSource(ints = {199, 301, 307, 400, 404, 410, 429, 500})
    void everythingElseIsTriedAgain(int status) {
        assertThat(RetryPlan.after(delivery(0), said(status), true, NOW).state())
                .isEqualTo(State.RETRY);
    }

    @Test
    void thePausesGrowOverThreeDaysAndTheTenthTryIsTheLast() {
        Instant now = NOW;
        Duration before = Duration.ZERO;
        int tries = 1;
        Outcome outcome = RetryPlan.after(delivery(0), said(500), true, now);
        while (outcome.state() == State.RETRY) {
            Duration pause = Duration.between(now, outcome.dueAt());
            assertThat(pause).isGreaterThan(before);
            assertThat(pause)
                    .isBetween(
                            RetryPlan.PAUSES.get(tries - 1),
                            RetryPlan.PAUSES.get(tries - 1).multipliedBy(11).dividedBy(10));
            before = pause;
            now = outcome.dueAt();
            outcome = RetryPlan.after(delivery(tries), said(500), true, now);
            tries++;
        }
        assertThat(tries).isEqualTo(10);
        assertThat(outcome.state()).isEqualTo(State.FAILED);
        assertThat(Duration.between(NOW, now)).isBetween(Duration.ofDays(3), Duration.ofDays(4));
    }

    @Test
    void aTestSideTriesOnce() {
        assertThat(RetryPlan.after(delivery(0), said(500), false, NOW).state())
                .isEqualTo(State.FAILED);
    }

    @Test
    void aReceiverMayAskForMoreTimeUpToAnHour() {
        assertThat(due(Duration.ofMinutes(2))).isEqualTo(NOW.plus(Duration.ofMinutes(2)));
        assertThat(due(Duration.ofDays(9))).isEqualTo(NOW.plus(Duration.ofHours(1)));
        assertThat(due(Duration.ofSeconds(1))).isAfterOrEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void ofAnAnswer500CharactersAreKeptAndNothingThatADatabaseRefuses() {
        String text = "\0" + "x".repeat(498) + "\uD83D\uDE00 and more";
        Outcome outcome =
                RetryPlan.after(
                        delivery(0),
                        new Answer.Said(200, text, Optional.empty(), Duration.ofMillis(7)),
                        true,
                        NOW);
        assertThat(outcome.attempt().response()).hasSize(499).startsWith("\uFFFDx").endsWith("x");
        assertThat(outcome.attempt().durationMs()).isEqualTo(7);
    }

    @Test
    void threeDaysOfFailuresSwitchAnEndpointOffAndASuccessForgetsThem() {
        Endpoint first = failed(endpoint(), NOW);
        assertThat(first.health().failingSince()).isEqualTo(NOW);
        Endpoint almost = failed(first, NOW.plus(Duration.ofHours(71)));
        assertThat(almost.config().enabled()).isTrue();
        assertThat(failed(almost, NOW.plus(Duration.ofDays(3))))
                .satisfies(off -> {
                    assertThat(off.config().enabled()).isFalse();
                    assertThat(off.health().disabledReason()).isEqualTo("failing");
                });
        Endpoint well =
                RetryPlan.health(almost, RetryPlan.after(delivery(3), said(200), true, NOW), NOW)
                        .orElseThrow();
        assertThat(well.health()).isEqualTo(Endpoint.Health.GOOD);
    }

    @Test
    void whoSaysThatItIsGoneIsSwitchedOffAtOnce() {
        Outcome gone = RetryPlan.after(delivery(0), said(410), true, NOW);
        assertThat(RetryPlan.health(endpoint(), gone, NOW))
                .hasValueSatisfying(
                        off -> assertThat(off.health().disabledReason()).isEqualTo("gone"));
    }

    private static Endpoint failed(Endpoint endpoint, Instant at) {
        return RetryPlan.health(endpoint, RetryPlan.after(delivery(0), said(500), true, at), at)
                .orElse(endpoint);
    }

    private static Instant due(Duration wish) {
        return RetryPlan.after(
                        delivery(0),
                        new Answer.Said(429, "", Optional.of(wish), Duration.ZERO),
                        true,
                        NOW)
                .dueAt();
    }

    private static Answer said(int status) {
        return new Answer.Said(status, "", Optional.empty(), Duration.ofMillis(3));
    }

    private static Delivery delivery(int attempts) {
        return new Delivery(
                DeliveryId.next(),
                EndpointId.next(),
                TypeIds.next(),
                "member.created",
                State.SENDING,
                attempts,
                NOW,
                null,
                null,
                null,
                null,
                null,
                NOW);
    }

    private static Endpoint endpoint() {
        return new Endpoint(
                EndpointId.next(),
                new Endpoint.Config("https://hooks.example/", List.of("*"), null, true),
                new Endpoint.Secrets("sealed", null, null),
                Endpoint.Health.GOOD,
                1,
                NOW,
                NOW);
    }
}
