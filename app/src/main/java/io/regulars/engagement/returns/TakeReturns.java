package io.regulars.engagement.returns;

import io.regulars.engagement.mail.Returned;
import io.regulars.engagement.mail.Returned.Kind;
import io.regulars.engagement.mail.StopAdvertising;
import io.regulars.engagement.tracking.ReturnAddresses;
import io.regulars.engagement.tracking.ReturnAddresses.About;
import io.regulars.engagement.tracking.ReturnAddresses.Subject;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TenantId;
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

    private static final String PAUSED = "reputation";

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
        boolean tooBad =
                directory
                        .findForMembers(subject.tenant(), subject.side())
                        .map(side ->
                                tenants.inTransaction(
                                        side,
                                        tx ->
                                                Returned.note(tx, subject.thing(), kind, reason)
                                                        && kind != Kind.SOFT
                                                        && isTooBad(tx)))
                        .orElse(false);
        if (tooBad && subject.side() == Side.LIVE) {
            pause(subject.tenant());
        }
    }

    private void pause(TenantId tenant) {
        stopSending.stop(tenant);
        tellOwners.tell(tenant, SendingPausedLetter.TEMPLATE, tenant.toString());
    }

    /** Once told, the count begins anew: who lets mail go again gets a new chance. */
    private static boolean isTooBad(TenantTx tx) {
        Instant pausedAt =
                tx.query("select value->>'paused_at' from <t>.setting where key = :key")
                        .bind("key", PAUSED)
                        .mapTo(String.class)
                        .findOne()
                        .map(Instant::parse)
                        .orElse(Instant.EPOCH);
        if (!Reputation.of(tx, pausedAt).isTooBad()) {
            return false;
        }
        tx.update(
                        """
                        insert into <t>.setting (key, value, version, updated_at)
                        values (:key, jsonb_build_object('paused_at', :at), 1, :now)
                        on conflict (key) do update
                           set value = excluded.value, version = setting.version + 1, updated_at = :now
                        """)
                .bind("key", PAUSED)
                .bind("at", tx.now().toString())
                .bind("now", tx.now())
                .execute();
        return true;
    }

    private static String localPart(String address) {
        int at = address.lastIndexOf('@');
        return (at < 0 ? address : address.substring(0, at)).toLowerCase(Locale.ROOT);
    }
}
