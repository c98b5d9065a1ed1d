package io.regulars.demo;

import io.regulars.demo.DemoClient.Message;
import io.regulars.demo.DemoClient.Owner;
import io.regulars.demo.DemoClient.SignedUp;
import io.regulars.demo.OpeningDay.Brought;
import io.regulars.platform.ids.RandomAccess;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The whole way once, from self-signup to a birthday offer in an inbox. A second start finds the
 * shop again by {@code demo.json}; one that was stopped half-way goes on with the same shop, which
 * is safe because imports are idempotent.
 */
public final class DemoScenario {
    private static final String GENERATED = "simulated buyers";

    private final Api api;
    private final DemoClient client;
    private final DemoStateFile stateFile;
    private final Optional<PurchasesFile> own;
    private final Supplier<Instant> now;
    private final Progress progress;
    private final OpeningDay day;
    private final long started = System.nanoTime();

    private DemoScenario(
            Api api,
            DemoStateFile stateFile,
            Optional<PurchasesFile> own,
            Supplier<Instant> now,
            Progress progress,
            Patience patience) {
        this.api = api;
        this.client = new DemoClient(api, patience);
        this.day = new OpeningDay(client, now, progress, patience);
        this.stateFile = stateFile;
        this.own = own;
        this.now = now;
        this.progress = progress;
    }

    /**
     * Plays the demo against a service that is up, and shows the report.
     *
     * @param dataDir where {@code demo.json} is kept
     * @param purchases a shop's own purchases instead of simulated ones
     * @param now the service's clock
     * @throws DemoFailure with a message for the person who started it
     */
    public static DemoReport run(
            URI baseUrl,
            Path dataDir,
            Optional<Path> purchases,
            Supplier<Instant> now,
            Progress progress) {
        return run(baseUrl, dataDir, purchases, now, progress, Patience.USUAL);
    }

    static DemoReport run(
            URI baseUrl,
            Path dataDir,
            Optional<Path> purchases,
            Supplier<Instant> now,
            Progress progress,
            Patience patience) {
        Optional<PurchasesFile> own = purchases.map(PurchasesFile::checked);
        try (Api api = new Api(baseUrl, Long.toString(now.get().toEpochMilli(), 36))) {
            DemoScenario scenario =
                    new DemoScenario(api, new DemoStateFile(dataDir), own, now, progress, patience);
            DemoReport report = scenario.play();
            progress.show(report);
            return report;
        } catch (DemoFailure e) {
            progress.broken();
            throw e;
        }
    }

    private DemoReport play() {
        Optional<DemoState> earlier = stateFile.read().filter(this::isStillThere);
        Optional<DemoReport> seen = earlier.flatMap(this::seenAgain);
        if (seen.isPresent()) {
            return seen.get();
        }
        DemoState state = earlier.filter(this::goesOn).orElseGet(this::open);
        // The campaign comes last: without one, an earlier start may have stopped anywhere before.
        if (state.campaign() == null) {
            day.setUp(state);
        }
        Brought brought = own.isPresent() ? day.bring(own.get()) : day.bringSimulated(state);
        DemoState running = state.campaign() == null ? withCampaign(state) : state;
        long mails = day.awaitBirthdayMails(running, brought.birthdays());
        DemoReport report = report(running, brought, mails);
        stateFile.write(running.finished(report, fingerprint()));
        return report;
    }

    private boolean isStillThere(DemoState state) {
        if (client.knows(state.tenant(), state.liveKey())) {
            return true;
        }
        progress.note(
                "The shop of an earlier demo is no longer in this database; a new one is signed up.");
        return false;
    }

    /**
     * Without a file on the command line, whatever was made before is shown; with one, only if it
     * is that very file.
     */
    private Optional<DemoReport> seenAgain(DemoState state) {
        DemoReport before = state.report();
        String campaign = state.campaign();
        boolean asked =
                own.isEmpty()
                        || (state.source().equals(source())
                                && state.fingerprint().equals(fingerprint()));
        if (before == null || campaign == null || !asked) {
            return Optional.empty();
        }
        long sent = client.messages(campaign).stream().filter(Message::sent).count();
        return Optional.of(before.seenAgain(api.base(), signIn(state), sent));
    }

    /** A simulated history is laid around one day: on another day it would not be the same file. */
    private boolean goesOn(DemoState state) {
        if (!state.source().equals(source())) {
            progress.note(
                    "Another history than before: a new shop is signed up; the earlier one stays as it is.");
            return false;
        }
        return own.isPresent()
                || state.today().equals(today(ZoneId.of(state.timeZone())).toString());
    }

    private DemoState withCampaign(DemoState state) {
        DemoState running = day.startCampaigns(state);
        stateFile.write(running);
        return running;
    }

    private DemoState open() {
        ZoneId zone = ShopHours.zoneInDaylight(now.get());
        progress.step("Signing up " + DemoShop.NAME);
        Owner owner = new Owner("owner@example.com", password());
        SignedUp shop = client.signUp(owner, zone);
        DemoState state =
                new DemoState(
                        shop.tenant(),
                        shop.liveKey(),
                        shop.testKey(),
                        owner.email(),
                        owner.password(),
                        source(),
                        fingerprint(),
                        zone.getId(),
                        today(zone).toString(),
                        null,
                        null,
                        null);
        stateFile.write(state);
        progress.done("verified by mail");
        return state;
    }

    private DemoReport report(DemoState state, Brought brought, long mails) {
        return new DemoReport(
                api.base(),
                state.liveKey(),
                state.tenant(),
                signIn(state),
                DemoShop.NAME,
                state.timeZone(),
                Objects.requireNonNullElse(state.mailsLeaveAt(), ""),
                brought.members(),
                brought.purchases(),
                mails,
                (System.nanoTime() - started) / 1e9,
                brought.sample(),
                false,
                day.notes());
    }

    private String signIn(DemoState state) {
        return "as " + state.ownerEmail() + ", password in " + stateFile.path();
    }

    private String source() {
        return own.map(file -> file.path().toAbsolutePath().normalize().toString())
                .orElse(GENERATED);
    }

    private String fingerprint() {
        return own.map(PurchasesFile::fingerprint).orElse(GENERATED);
    }

    private LocalDate today(ZoneId zone) {
        return now.get().atZone(zone).toLocalDate();
    }

    /**
     * The shop's owner may sign in with it later; it stands in {@code demo.json} and nowhere else.
     */
    @RandomAccess
    private static String password() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
