package io.regulars.engagement.webhooks;

import io.regulars.platform.net.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an endpoint's answer means for a delivery. Pure. */
final class RetryPlan {

    /** How much of an answer is kept. */
    static final int KEPT = 500;

    /** After the first, second … failed try; three days and three hours in all. */
    static final List<Duration> PAUSES =
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(5),
                    Duration.ofHours(10),
                    Duration.ofHours(14),
                    Duration.ofHours(20),
                    Duration.ofHours(24));

    /** An endpoint that took nothing for so long is switched off. */
    static final Duration PATIENCE = Duration.ofDays(3);

    /** How long a receiver may ask for, beyond the plan. */
    private static final Duration LONGEST_WISH = Duration.ofHours(1);

    private static final int GONE = 410;

    private RetryPlan() {}

    /** A delivery after a try. */
    record Outcome(
            Delivery delivery, Delivery.State state, Instant dueAt, Delivery.Attempt attempt) {

        boolean delivered() {
            return state == Delivery.State.DELIVERED;
        }

        boolean gone() {
            Integer status = attempt.status();
            return status != null && status == GONE;
        }
    }

    /**
     * @param again whether there may be another try; a test side tries once
     */
    static Outcome after(Delivery delivery, Answer answer, boolean again, Instant now) {
        Delivery.Attempt attempt = attempt(answer, now);
        if (isSuccess(attempt.status())) {
            return new Outcome(delivery, Delivery.State.DELIVERED, now, attempt);
        }
        int attempts = delivery.attempts() + 1;
        if (!again || attempts > PAUSES.size()) {
            return new Outcome(delivery, Delivery.State.FAILED, now, attempt);
        }
        Duration planned = spread(PAUSES.get(attempts - 1), delivery, attempts);
        Duration wished = wish(answer).orElse(Duration.ZERO);
        Instant due = now.plus(wished.compareTo(planned) > 0 ? wished : planned);
        return new Outcome(delivery, Delivery.State.RETRY, due, attempt);
    }

    /** What becomes of the endpoint's health; empty where nothing changes. */
    static Optional<Endpoint> health(Endpoint endpoint, Outcome outcome, Instant now) {
        Instant since = endpoint.health().failingSince();
        if (outcome.delivered()) {
            return since == null
                    ? Optional.empty()
                    : Optional.of(endpoint.with(Endpoint.Health.GOOD));
        }
        if (outcome.gone()) {
            return Optional.of(endpoint.disabled("gone"));
        }
        if (since == null) {
            return Optional.of(endpoint.with(new Endpoint.Health(now, null, false)));
        }
        return now.isBefore(since.plus(PATIENCE))
                ? Optional.empty()
                : Optional.of(endpoint.disabled("failing"));
    }

    private static boolean isSuccess(@Nullable Integer status) {
        return status != null && status >= 200 && status < 300;
    }

    private static Delivery.Attempt attempt(Answer answer, Instant now) {
        int took = (int) answer.took().toMillis();
        return switch (answer) {
            case Answer.Said said ->
                    new Delivery.Attempt(now, said.status(), shortened(said.body()), null, took);
            case Answer.Silent silent ->
                    new Delivery.Attempt(now, null, null, shortened(silent.reason()), took);
        };
    }

    private static Optional<Duration> wish(Answer answer) {
        return answer instanceof Answer.Said said
                ? said.retryAfter()
                        .map(wish -> wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish)
                : Optional.empty();
    }

    /** Up to a tenth more: deliveries that failed together part. */
    private static Duration spread(Duration pause, Delivery delivery, int attempts) {
        int thousandths = Math.floorMod(31 * delivery.id().hashCode() + attempts, 100);
        return pause.plus(pause.multipliedBy(thousandths).dividedBy(1000));
    }

    /** The database keeps no NUL, and half a character is none. */
    private static String shortened(String text) {
        String clean = text.replace('\0', '\uFFFD');
        if (clean.length() <= KEPT) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(KEPT - 1)) ? KEPT - 1 : KEPT;
        return clean.substring(0, end);
    }
}
