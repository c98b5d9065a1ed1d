package io.regulars.loyalty.nightly;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.ledger.Accounts;
import io.regulars.loyalty.ledger.ExpirySwitch;
import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.TierScheme;
import io.regulars.loyalty.tiers.Cause;
import io.regulars.loyalty.tiers.TierBook;
import io.regulars.platform.db.TenantTx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One batch of one step of a night, within the caller's transaction. */
final class NightSteps {

    private final TenantTx tx;
    private final ProgramHistory history;
    private final Progress progress;
    private final Progress.Night night;
    private final int batch;

    NightSteps(
            TenantTx tx,
            ProgramHistory history,
            Progress progress,
            Progress.Night night,
            int batch) {
        this.tx = tx;
        this.history = history;
        this.progress = progress;
        this.night = night;
        this.batch = batch;
    }

    /**
     * Does a batch.
     *
     * @return the last member done, where there may be more; empty when the step is done
     */
    Optional<UUID> run() {
        List<UUID> members =
                switch (night.step()) {
                    case AVAILABLE -> available();
                    case TIERS -> tiers();
                    case EXPIRY -> expiry();
                    case RECOMPUTE -> recompute();
                    case WARN -> warn();
                };
        return members.size() < batch ? Optional.empty() : Optional.of(members.getLast());
    }

    private List<UUID> available() {
        List<Accounts.Matured> matured =
                Accounts.matured(
                        tx,
                        progress.doneOr(Nights.LONG_AGO),
                        night.midnight(),
                        night.cursor(),
                        batch);
        Outbox.append(
                tx,
                matured.stream()
                        .map(m -> new Event.PointsAvailable(m.member(), m.points()))
                        .toList());
        return matured.stream().map(Accounts.Matured::member).toList();
    }

    private List<UUID> tiers() {
        Optional<TierScheme> scheme = scheme();
        if (scheme.isEmpty()) {
            return List.of();
        }
        boolean rolling = Nights.isRolling(scheme.get());
        if (rolling && isNewVersion()) {
            // What an earlier version gave is not judged by the new one before it is brought there.
            return List.of();
        }
        List<UUID> members =
                rolling
                        ? Accounts.tierReview(tx, night.midnight(), night.cursor(), batch)
                        : Accounts.tierEnding(
                                tx, Nights.LONG_AGO, night.midnight(), night.cursor(), batch);
        settle(members, Cause.TIME);
        return members;
    }

    private List<UUID> expiry() {
        List<UUID> members = Accounts.expiring(tx, night.midnight(), night.cursor(), batch);
        if (members.isEmpty()) {
            return members;
        }
        Ledger ledger = Ledger.lock(tx, members).withOpenLots();
        List<Event> events = new ArrayList<>();
        for (UUID member : members) {
            long expired = ledger.expireDue(member);
            if (expired > 0) {
                events.add(new Event.PointsExpired(member, expired));
            }
        }
        ledger.write();
        Outbox.append(tx, events);
        return members;
    }

    private List<UUID> recompute() {
        if (!isNewVersion()) {
            return List.of();
        }
        List<UUID> members = Accounts.all(tx, night.cursor(), batch);
        if (members.isEmpty()) {
            return members;
        }
        ProgramHistory.Version version = history.numbered(night.version());
        ProgramHistory.Version earlier =
                progress.version() == 0
                        ? history.versions().getFirst()
                        : history.numbered(progress.version());
        Program.Expiry before = earlier.program().expiryPolicy();
        Program.Expiry after = version.program().expiryPolicy();
        Ledger ledger = Ledger.lock(tx, members);
        if (!endsAlike(before, after)) {
            ExpirySwitch.apply(tx, ledger, members, after, version.effectiveAt());
        }
        settle(ledger, members, Cause.PROGRAM);
        return members;
    }

    private List<UUID> warn() {
        Optional<TierScheme> scheme = scheme();
        if (scheme.isEmpty()) {
            return List.of();
        }
        Instant until = night.midnight().plus(TierBook.WARNING);
        Instant after =
                progress.done() == null
                        ? until.minus(Duration.ofDays(1))
                        : progress.done().plus(TierBook.WARNING);
        boolean rolling = Nights.isRolling(scheme.get());
        List<UUID> members =
                rolling
                        ? Accounts.tierReview(tx, night.midnight(), night.cursor(), batch)
                        : Accounts.tierEnding(tx, after, until, night.cursor(), batch);
        if (!members.isEmpty()) {
            Ledger ledger = Ledger.lock(tx, members);
            TierBook book = TierBook.open(tx, history, members);
            members.forEach(member -> book.warn(ledger, member, after, until));
            if (rolling) {
                // Last in the night, so that all its steps have looked at the same members.
                members.forEach(member -> book.review(ledger, member));
                ledger.write();
            }
            Outbox.append(tx, book.events());
        }
        return members;
    }

    private void settle(List<UUID> members, Cause cause) {
        if (!members.isEmpty()) {
            settle(Ledger.lock(tx, members), members, cause);
        }
    }

    private void settle(Ledger ledger, List<UUID> members, Cause cause) {
        TierBook book = TierBook.open(tx, history, members);
        members.forEach(member -> book.settle(ledger, member, cause));
        ledger.write();
        Outbox.append(tx, book.events());
    }

    private Optional<TierScheme> scheme() {
        return history.inForceAt(tx.now()).program().tierScheme();
    }

    private boolean isNewVersion() {
        return night.version() != progress.version();
    }

    private static boolean endsAlike(Program.Expiry before, Program.Expiry after) {
        return before.mode() == after.mode()
                && before.monthCount() == after.monthCount()
                && before.roundsUp() == after.roundsUp();
    }
}
