package io.regulars.tenancy.access;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Lets nobody guess passwords, and keeps nobody from their own shop. Wrong passwords are counted
 * for a quarter of an hour: by address and network together, by address, and by network. But a
 * place from which somebody has logged in before has a count of its own, which others cannot use
 * up; and a password set by mail makes a place known too, so that there is a way in from anywhere
 * whatever is going on. Counts are the same on every node, and the same for an address that nobody
 * has.
 */
public final class LoginThrottle {

    static final int PER_PLACE = 10;
    static final int PER_ADDRESS = 30;
    static final int PER_NETWORK = 100;
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final Duration REMEMBERED = Duration.ofDays(180);

    private final ControlDb control;
    private final Clock clock;

    public LoginThrottle(ControlDb control, Clock clock) {
        this.control = control;
        this.clock = clock;
    }

    /** A count and how far it may go; the key in hexadecimal digits. */
    private record Counter(String hex, int limit) {

        static Counter of(byte[] key, int limit) {
            return new Counter(HexFormat.of().formatHex(key), limit);
        }

        byte[] key() {
            return HexFormat.of().parseHex(hex);
        }
    }

    /** A password that is about to be looked at; until it proves right it counts as wrong. */
    public static final class Attempt {

        private final byte[] place;
        private final List<Counter> counters;

        private Attempt(byte[] place, List<Counter> counters) {
            this.place = place;
            this.counters = counters;
        }
    }

    /**
     * To be called before the password is looked at.
     *
     * @param network where the request came from
     * @throws Problem 429
     */
    public Attempt attempt(String email, String network) {
        byte[] place = place(email, network);
        return control.inTransaction(handle -> {
            LoginThrottleDao dao = new LoginThrottleDao(handle);
            Instant now = clock.now();
            List<Counter> counters = new ArrayList<>(List.of(Counter.of(place, PER_PLACE)));
            if (!dao.isKnown(place, now.minus(REMEMBERED))) {
                counters.add(Counter.of(Sha256.of("address " + email), PER_ADDRESS));
                counters.add(Counter.of(Sha256.of("network " + network), PER_NETWORK));
            }
            // In one order, so that two of them cannot wait for each other.
            counters.sort(Comparator.comparing(Counter::hex));
            for (Counter counter : counters) {
                LoginThrottleDao.Count count = dao.count(counter.key(), now, WINDOW);
                if (count.failures() > counter.limit()) {
                    throw Problem.of(
                                    ProblemType.TOO_MANY_REQUESTS,
                                    "Too many wrong passwords; wait, or set a new one by mail.")
                            .retryAfter(Duration.between(now, count.until()));
                }
            }
            return new Attempt(place, counters);
        });
    }

    /** The password was right: this attempt counts for nothing, and its place is known from now. */
    public void succeeded(Attempt attempt) {
        control.run(handle -> {
            LoginThrottleDao dao = new LoginThrottleDao(handle);
            attempt.counters.forEach(counter -> dao.takeBack(counter.key()));
            dao.remember(attempt.place, clock.now());
        });
    }

    /** Somebody proved by mail who they are. */
    void welcome(String email, String network) {
        byte[] place = place(email, network);
        control.run(handle -> {
            LoginThrottleDao dao = new LoginThrottleDao(handle);
            dao.clear(place);
            dao.remember(place, clock.now());
        });
    }

    /** Forgets what does not count any more; answers how many rows. */
    public int forget() {
        Instant now = clock.now();
        return control.inTransaction(
                handle -> new LoginThrottleDao(handle).forget(now, now.minus(REMEMBERED)));
    }

    private static byte[] place(String email, String network) {
        return Sha256.of("place " + email + " " + network);
    }
}
