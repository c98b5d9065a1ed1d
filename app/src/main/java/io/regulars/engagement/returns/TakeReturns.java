package io.regulars.engagement.returns;

import io.regulars.engagement.mail.Returned;
import io.regulars.engagement.mail.Returned.Kind;
import io.regulars.engagement.mail.StopAdvertising;
import io.regulars.engagement.tracking.ReturnAddresses;
import io.regulars.engagement.tracking.ReturnAddresses.About;
import io.regulars.engagement.tracking.ReturnAddresses.Subject;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.KeptValue;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.smtp.InboundServer;
import io.regulars.platform.smtp.Report;
import io.regulars.tenancy.access.TellOwners;
import io.regulars.tenancy.tenants.StopSending;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Takes what comes back, from whichever way it comes, and draws the consequences. */
public final class TakeReturns implements InboundServer.Receiver {

    /** Where mailbox providers are told to report complaints. */
    private static final Set<String> COMPLAINTS = Set.of("abuse", "complaints", "fbl");

    /** When a shop was last stopped for what comes back of its mail. */
    private record Pause(Instant pausedAt) {}

    private static final KeptValue<Pause> PAUSE = KeptValue.of("reputation", Pause.class);

    private final TenantDb tenants;
    private final TenantDirectory directory;
    private final ReturnAddresses addresses;
    private final StopAdvertising stopAdvertising;
    private final StopSending stopSending;
    private final TellOwners tellOwners;

    TakeReturns(
            TenantDb tenants,
            TenantDirectory directory,
            ReturnAddresses addresses,
            StopAdvertising stopAdvertising,
            StopSending stopSending,
            TellOwners tellOwners) {
        this.tenants = tenants;
        this.directory = directory;
        this.addresses = addresses;
        this.stopAdvertising = stopAdvertising;
        this.stopSending = stopSending;
        this.tellOwners = tellOwners;
    }

    @Override
    public boolean accepts(String recipient) {
        String local = localPart(recipient);
        return COMPLAINTS.contains(local) || addresses.read(local).isPresent();
    }

    @Override
    public void receive(String recipient, byte[] raw) {
        Optional<Subject> subject = addresses.read(localPart(recipient));
        if (subject.isPresent() && subject.get().about() == About.MEMBER) {
            unsubscribe(subject.get());
            return;
        }
        switch (Report.of(raw)) {
            case Report.Bounce bounce ->
                    subject.ifPresent(about ->
                            note(about, bounce.hard() ? Kind.HARD : Kind.SOFT, bounce.reason()));
            case Report.Complaint complaint ->
                    subject.or(() -> complaint.messageId().flatMap(this::byMessageId))
                            .ifPresent(about -> note(about, Kind.COMPLAINT, "feedback report"));
            case Report.Nothing() -> {
                // An absence note is an answer to a mail that arrived.
            }
        }
    }

    /**
     * Notes what a relay says of a message.
     *
     * @param messageId as it stands in the mail, with or without its brackets
     * @return whether the message is ours
     */
    boolean relayed(String messageId, Kind kind, String reason) {
        Optional<Subject> ours = byMessageId(messageId.strip().replaceAll("^<|>$", ""));
        ours.ifPresent(subject -> note(subject, kind, reason));
        return ours.isPresent();
    }

    private Optional<Subject> byMessageId(String messageId) {
        return addresses
                .read(localPart(messageId))
                .filter(subject -> subject.about() == About.MESSAGE);
    }

    private void unsubscribe(Subject subject) {
        directory
                .findForMembers(subject.tenant(), subject.side())
                .ifPresent(side ->
                        tenants.run(
                                side,
                                tx ->
                                        stopAdvertising.stop(
                                                tx, new MemberId(subject.thing()), "mail")));
    }

    private void note(Subject subject, Kind kind, String reason) {
        directory
                .findForMembers(subject.tenant(), subject.side())
                .filter(side -> isNotedAndTooBad(side, subject, kind, reason))
                .ifPresent(this::pause);
    }

    /**
     * Asked whether the report is news or not: what it should have led to may have failed, and then
     * whoever sent it sends it again.
     */
    private boolean isNotedAndTooBad(TenantRef side, Subject subject, Kind kind, String reason) {
        return tenants.inTransaction(
                side,
                tx -> {
                    Returned.note(tx, subject.thing(), kind, reason);
                    return !side.isTest()
                            && kind != Kind.SOFT
                            && Reputation.of(tx, lastPause(tx)).isTooBad();
                });
    }

    /**
     * The mark comes last. Where something fails before, the next report finds no mark and does it
     * all once more: stopping twice is stopping once, and two mails are better than none.
     */
    private void pause(TenantRef side) {
        stopSending.stop(side.id());
        tellOwners.tell(side.id(), SendingPausedLetter.TEMPLATE, side.id().toString());
        tenants.run(side, tx -> PAUSE.put(tx, new Pause(tx.now())));
    }

    /** From then on it is counted anew: who lets mail go again gets a new chance. */
    private static Instant lastPause(TenantTx tx) {
        return PAUSE.find(tx).map(Pause::pausedAt).orElse(Instant.EPOCH);
    }

    private static String localPart(String address) {
        int at = address.lastIndexOf('@');
        return (at < 0 ? address : address.substring(0, at)).toLowerCase(Locale.ROOT);
    }
}
