package io.regulars.tenancy.accountmail;

import io.dropwizard.lifecycle.Managed;
import io.regulars.platform.background.WokenLoop;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.ids.TypeIds;
import io.regulars.platform.smtp.Handover;
import io.regulars.platform.smtp.Mailbox;
import io.regulars.platform.smtp.Outgoing;
import io.regulars.platform.smtp.Relay;
import io.regulars.platform.templates.Rendered;
import io.regulars.platform.templates.Templates;
import io.regulars.platform.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is planned in {@code control.account_mail}; on every node, each mail by one of them.
 */
public final class AccountMailer implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(AccountMailer.class);
    private static final Duration POLL = Duration.ofSeconds(3);

    /** Somebody waits for this mail; one whose sender was killed is taken up again soon. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(15);
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);

    /** The links in these mails are good for a day. */
    private static final Duration GIVE_UP = Duration.ofHours(24);

    private final ControlDb control;
    private final Clock clock;
    private final Relay relay;
    private final Templates templates;
    private final Mailbox from;
    private final Map<String, Letter> letters;
    private final WokenLoop loop = new WokenLoop("account-mail", POLL, this::sendDue);

    public AccountMailer(
            ControlDb control,
            Clock clock,
            Relay relay,
            Templates templates,
            Mailbox from,
            List<Letter> letters) {
        this.control = control;
        this.clock = clock;
        this.relay = relay;
        this.templates = templates;
        this.from = from;
        this.letters =
                letters.stream()
                        .collect(Collectors.toConcurrentMap(Letter::template, Function.identity()));
    }

    /** Another kind of mail, from the storeys above; before the start only. */
    public void add(Letter letter) {
        if (letters.putIfAbsent(letter.template(), letter) != null) {
            throw new IllegalStateException("two write " + letter.template());
        }
    }

    /** Call after the commit of a planned mail. */
    public void wake() {
        loop.wake();
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public void stop() throws InterruptedException {
        loop.stop();
    }

    void sendDue() {
        while (true) {
            Instant now = clock.now();
            Optional<AccountMailDao.Claimed> mail =
                    control.inTransaction(
                            handle -> new AccountMailDao(handle).claim(now, now.plus(LEASE)));
            if (mail.isEmpty()) {
                return;
            }
            sendOne(mail.get());
        }
    }

    private void sendOne(AccountMailDao.Claimed mail) {
        try {
            Optional<Outgoing> outgoing = written(mail);
            if (outgoing.isEmpty()) {
                control.run(handle ->
                        new AccountMailDao(handle).end(mail.id(), "dropped", "nothing to say"));
                return;
            }
            record(mail, relay.deliver(outgoing.get()));
        } catch (RuntimeException e) {
            LOG.error("account mail {} could not be sent", mail.id(), e);
            retry(mail, e.getClass().getName());
        }
    }

    private Optional<Outgoing> written(AccountMailDao.Claimed mail) {
        Letter letter = letters.get(mail.template());
        if (letter == null) {
            throw new IllegalStateException("nobody writes " + mail.template());
        }
        return letter.content(mail.recipient(), mail.subject())
                .map(content -> outgoing(mail, content));
    }

    private Outgoing outgoing(AccountMailDao.Claimed mail, Letter.Content content) {
        Rendered rendered = templates.render(mail.template(), content.locale(), content.model());
        String host = from.address().substring(from.address().lastIndexOf('@') + 1);
        return new Outgoing(
                from.address(),
                from,
                null,
                Mailbox.of(mail.recipient()),
                rendered.subject(),
                rendered.htmlLines(),
                rendered.text(),
                "<" + TypeIds.format("acm", mail.id()) + "@" + host + ">",
                // Nobody's holiday notice should come back (RFC 3834).
                Map.of("Auto-Submitted", "auto-generated"),
                clock.now());
    }

    private void record(AccountMailDao.Claimed mail, Handover handover) {
        switch (handover) {
            case Handover.Accepted _ ->
                    control.run(handle -> new AccountMailDao(handle).sent(mail.id(), clock.now()));
            case Handover.Refused refused ->
                    control.run(handle ->
                            new AccountMailDao(handle)
                                    .end(mail.id(), "failed", "refused with " + refused.code()));
            case Handover.Deferred deferred -> retry(mail, deferred.reason());
            // Better twice than never: a mailbox tells by the Message-ID, and the person is waiting
            // for it.
            case Handover.Unknown unknown -> retry(mail, unknown.reason());
        }
    }

    private void retry(AccountMailDao.Claimed mail, String reason) {
        Instant now = clock.now();
        if (mail.createdAt().plus(GIVE_UP).isBefore(now)) {
            control.run(handle -> new AccountMailDao(handle).end(mail.id(), "failed", reason));
            return;
        }
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(mail.attempts() - 1, 10));
        Instant at = now.plus(wait.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : wait);
        control.run(handle -> new AccountMailDao(handle).retry(mail.id(), at, reason));
    }
}
