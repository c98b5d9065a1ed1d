package io.regulars.platform.retries;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.time.Clock;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does a call once for each key, and gives its answer again. */
public final class Retries {

    /** How long an answer is given again. */
    static final Duration KEPT = Duration.ofHours(24);

    /** A call in several transactions that is silent for longer has died. */
    private static final Duration LEASE = Duration.ofMinutes(15);

    private static final String TENANT_TABLE = "<t>.idempotency";
    private static final String CONTROL_TABLE = "control.idempotency";

    private final TenantDb tenants;
    private final ControlDb control;
    private final Clock clock;
    private final ObjectMapper mapper;

    public Retries(TenantDb tenants, ControlDb control, Clock clock, ObjectMapper mapper) {
        this.tenants = tenants;
        this.control = control;
        this.clock = clock;
        this.mapper = KeptAnswers.mapper(mapper);
    }

    /**
     * The work and its answer in one transaction: both are there, or neither.
     *
     * @param asItIsNow what a late repeat is answered with, by the id in the first answer; empty:
     *     the first answer
     */
    @Nullable Object inOneTransaction(
            TenantRef tenant,
            KeyedCall call,
            Function<String, Optional<Object>> asItIsNow,
            Supplier<@Nullable Object> work) {
        Answer answer =
                tenants.inTransaction(
                        tenant,
                        tx -> {
                            RetryDao dao = dao(tx);
                            if (!dao.take(call, tenant.schema())) {
                                throw inProgress();
                            }
                            Optional<StoredAnswer> before = before(dao, call);
                            if (before.isPresent()) {
                                return new Answer(repeated(before.get(), asItIsNow));
                            }
                            Object done = work.get();
                            dao.put(
                                    call,
                                    StoredAnswer.of(done, mapper, clock.now()),
                                    null,
                                    clock.now());
                            return new Answer(done);
                        });
        return answer.value();
    }

    /**
     * For work in several transactions of its own: the key is taken first and the answer put beside
     * it at the end.
     */
    @Nullable Object aroundTransactions(
            TenantRef tenant, KeyedCall call, Supplier<@Nullable Object> work) {
        return around(
                new Store() {
                    @Override
                    public <R> R in(Function<RetryDao, R> use) {
                        return tenants.inTransaction(tenant, tx -> use.apply(dao(tx)));
                    }
                },
                tenant.schema(),
                call,
                work);
    }

    /** For calls without a tenant, such as a signup. */
    @Nullable Object withoutTenant(KeyedCall call, Supplier<@Nullable Object> work) {
        return around(
                new Store() {
                    @Override
                    public <R> R in(Function<RetryDao, R> use) {
                        return control.inTransaction(
                                handle -> use.apply(new RetryDao(handle, CONTROL_TABLE)));
                    }
                },
                "control",
                call,
                work);
    }

    /** Where keys are kept, each use in a transaction of its own. */
    private interface Store {
        <R> R in(Function<RetryDao, R> use);
    }

    private @Nullable Object around(
            Store store, String scope, KeyedCall call, Supplier<@Nullable Object> work) {
        Optional<StoredAnswer> before =
                store.in(dao -> {
                    if (!dao.take(call, scope)) {
                        throw inProgress();
                    }
                    Optional<StoredAnswer> answer = before(dao, call);
                    if (answer.isEmpty()) {
                        dao.put(call, null, clock.now().plus(LEASE), clock.now());
                    }
                    return answer;
                });
        if (before.isPresent()) {
            return before.get().replayed();
        }
        try {
            Object done = work.get();
            store.in(dao ->
                    dao.put(call, StoredAnswer.of(done, mapper, clock.now()), null, clock.now()));
            return done;
        } catch (RuntimeException e) {
            store.in(dao -> dao.remove(call));
            throw e;
        }
    }

    /** Forgets what is older than a day and need not be kept for ever, in this tenant. */
    public int purge(TenantTx tx) {
        return dao(tx).removeBefore(clock.now().minus(KEPT));
    }

    /**
     * Forgets what was answered wherever one of these texts stands in it, such as the id of a
     * member who is erased; that it was done is still known.
     */
    public static void forgetAnswersWith(TenantTx tx, List<String> texts) {
        int _ = dao(tx).forgetAnswersWith(texts);
    }

    /** Forgets what is older than a day, of calls without a tenant. */
    public int purgeControl() {
        return control.inTransaction(handle ->
                new RetryDao(handle, CONTROL_TABLE).removeBefore(clock.now().minus(KEPT)));
    }

    private Response repeated(StoredAnswer before, Function<String, Optional<Object>> asItIsNow) {
        boolean isLate = before.at().isBefore(clock.now().minus(KEPT));
        return isLate
                ? before.id(mapper)
                        .flatMap(asItIsNow)
                        .map(before::replayedWith)
                        .orElseGet(before::replayed)
                : before.replayed();
    }

    private record Answer(@Nullable Object value) {}

    private static RetryDao dao(TenantTx tx) {
        return new RetryDao(tx.handle(), TENANT_TABLE);
    }

    private Optional<StoredAnswer> before(RetryDao dao, KeyedCall call) {
        Optional<RetryDao.Row> row = dao.find(call);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        if (!call.fingerprint().fits(row.get().fingerprint())) {
            throw Problem.of(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key was used for a request with another body, or with credentials of"
                            + " another scope.");
        }
        StoredAnswer answer = row.get().answer();
        if (answer != null && answer.isForgotten()) {
            throw Problem.of(
                    ProblemType.GONE,
                    "This was done; what it answered told of a member who has been erased since.");
        }
        Instant lease = row.get().leaseUntil();
        if (answer == null && lease != null && lease.isAfter(clock.now())) {
            throw inProgress();
        }
        return Optional.ofNullable(answer);
    }

    private static Problem inProgress() {
        return Problem.of(
                        ProblemType.IDEMPOTENCY_IN_PROGRESS,
                        "The first request with this key has not ended yet; try again.")
                .retryAfter(Duration.ofSeconds(1));
    }
}
