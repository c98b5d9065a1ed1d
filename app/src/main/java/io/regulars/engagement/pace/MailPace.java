package io.regulars.engagement.pace;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.regulars.engagement.pace.PaceDao.Wanted;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.ids.TypeIds;
import io.regulars.platform.smtp.Handover;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells each mail to the outside when it may leave. Safe to call from many threads. Deciding takes
 * no query: what it needs of the other nodes is read by {@link #refresh} and fetched by {@link
 * #settle}, between transactions.
 */
public final class MailPace {

    private static final Logger LOG = LoggerFactory.getLogger(MailPace.class);

    private static final Duration FRESH = Duration.ofSeconds(1);

    /** Many mails are on their way when a domain has had enough: their answers are one. */
    private static final Duration ONE_ANSWER = Duration.ofSeconds(10);

    /** What slowed a domain so long ago is over, whatever the rates. */
    private static final Duration FORGOTTEN = Duration.ofHours(12);

    private static final Set<Integer> TOO_MUCH = Set.of(421, 451);

    private static final double NANOS = 1e9;

    private final ControlDb control;
    private final MailRates rates;
    private final Pace relay;
    private final UUID node = TypeIds.next();
    private final Map<Pace, Turns> turns = new HashMap<>();
    private final Map<Pace, Slowed> slowed = new HashMap<>();
    private final Map<Pace, Slowed> toTell = new HashMap<>();

    // Where a shop's mails that had to wait stand in line; each shop has its own line, so that
    // nobody waits behind another shop's hundred thousand.
    private final Cache<Line, Instant> ends =
            Caffeine.newBuilder()
                    .maximumSize(20_000)
                    .expireAfterAccess(Duration.ofHours(2))
                    .build();
    private Instant refreshed = Instant.EPOCH;
    private boolean held;

    private record Line(TenantId shop, Pace pace) {}

    /**
     * @param relay as {@code host:port}
     */
    public MailPace(ControlDb control, MailRates rates, String relay) {
        this.control = control;
        this.rates = rates;
        this.relay = Pace.relay(relay);
    }

    /**
     * Hears of the other nodes and the operator, at most once a second.
     *
     * @return whether the relay is held
     */
    public boolean refresh(Instant now) {
        synchronized (this) {
            if (Duration.between(refreshed, now).abs().compareTo(FRESH) < 0) {
                return held;
            }
            refreshed = now;
        }
        Heard heard =
                control.inTransaction(handle -> {
                    PaceDao dao = new PaceDao(handle);
                    return new Heard(
                            dao.held(relay.name()).isPresent(),
                            dao.slowedSince(now.minus(FORGOTTEN)));
                });
        synchronized (this) {
            held = heard.held();
            slowed.keySet().retainAll(toTell.keySet());
            heard.slowed().forEach((key, one) -> slowed.putIfAbsent(Pace.parse(key), one));
            return held;
        }
    }

    private record Heard(boolean held, Map<String, Slowed> slowed) {}

    /**
     * When a mail of this shop to this address may leave: now, or when it should ask again.
     *
     * @param urgent whether somebody looks for it: then it does not wait
     */
    public synchronized Instant from(TenantId shop, String address, boolean urgent, Instant now) {
        List<Pace> paces =
                Stream.of(relay, Pace.shop(shop), Pace.domainOf(address))
                        .filter(pace -> rate(pace, now) > 0)
                        .toList();
        List<Pace> missing =
                urgent ? List.of() : paces.stream().filter(pace -> !turns(pace).isThere()).toList();
        if (missing.isEmpty()) {
            paces.forEach(pace -> turns(pace).use(rate(pace, now)));
            return now;
        }
        Instant latest = now;
        for (Pace pace : missing) {
            turns(pace).miss();
            Instant turn = behind(new Line(shop, pace), rate(pace, now), now);
            latest = turn.isAfter(latest) ? turn : latest;
        }
        return latest;
    }

    private Instant behind(Line line, double rate, Instant now) {
        Instant last = ends.getIfPresent(line);
        Instant turn =
                (last == null || last.isBefore(now) ? now : last).plusNanos((long) (NANOS / rate));
        ends.put(line, turn);
        return turn;
    }

    /**
     * What the relay answered for this address: some answers mean that its domain gets too much. A
     * relay that is too busy itself says so before a recipient is named, and slows no domain.
     */
    public synchronized void heard(String address, Handover handover, Instant now) {
        if (!(handover instanceof Handover.Deferred deferred)
                || !deferred.isAboutTheRecipient()
                || deferred.code().isEmpty()
                || !TOO_MUCH.contains(deferred.code().getAsInt())) {
            return;
        }
        Pace domain = Pace.domainOf(address);
        Slowed before = slowed.get(domain);
        if (before != null && before.at().plus(ONE_ANSWER).isAfter(now)) {
            return;
        }
        Slowed after = new Slowed(rates.slower(rate(domain, now)), now);
        slowed.put(domain, after);
        toTell.put(domain, after);
        turns.remove(domain);
        LOG.warn(
                "{} gets too much mail ({}): {} a second from now on",
                domain.name(),
                deferred.code().getAsInt(),
                after.perSecond());
    }

    /** Tells the other nodes what was heard, and fetches the turns that were missed. */
    public void settle(Instant now) {
        Map<String, Wanted> wanted = new HashMap<>();
        Map<Pace, Slowed> news;
        synchronized (this) {
            turns.forEach((pace, own) -> {
                double rate = rate(pace, now);
                double number = rate > 0 ? own.wanted(rate) : 0;
                if (number > 0) {
                    wanted.put(pace.key(), new Wanted(number, rate));
                }
            });
            news = Map.copyOf(toTell);
        }
        if (wanted.isEmpty() && news.isEmpty()) {
            return;
        }
        Map<String, Double> fetched =
                control.inTransaction(handle -> {
                    PaceDao dao = new PaceDao(handle);
                    news.forEach((pace, one) -> dao.slow(pace.key(), one));
                    return wanted.isEmpty() ? Map.of() : dao.fetch(node, wanted, now);
                });
        synchronized (this) {
            news.forEach(toTell::remove);
            fetched.forEach((key, number) -> turns(Pace.parse(key)).fetched(number));
        }
    }

    private Turns turns(Pace pace) {
        return turns.computeIfAbsent(pace, _ -> new Turns());
    }

    /** 0 for none. */
    private double rate(Pace pace, Instant now) {
        Slowed slow = slowed.get(pace);
        @Nullable Double slower =
                slow == null
                        ? null
                        : rates.slowed(
                                pace,
                                slow,
                                Math.max(0, Duration.between(slow.at(), now).toSeconds()));
        return slower == null ? rates.of(pace) : slower;
    }
}
