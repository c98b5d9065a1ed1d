package io.regulars.platform.smtp;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a relay, which remembers how far the dialogue got.
 *
 * <p>The library's exceptions do not tell: when the relay closes after the final dot, the library
 * sends RSET into the dead connection and throws that failure instead. So the commands and replies
 * themselves are watched as they pass.
 */
final class RelayConnection extends SMTPTransport {
    private static final int NO_REPLY = -1;
    private static final int OK = 250;
    private static final int GO_ON = 354;
    private static final int LONGEST_REPLY = 500;

    private final SmtpUrl relay;
    private Phase phase = Phase.READY;
    private @Nullable Reply lastReply;
    private final StringBuilder held = new StringBuilder();
    private boolean answersForNow;
    private boolean onlyAsking;
    private boolean resetting;
    private boolean broken;
    private int handed;

    /** How far a hand-over got: the step whose command was written last. */
    private enum Phase {
        READY,
        MAIL,
        RCPT,
        DATA,
        BODY,
        DOT
    }

    private record Reply(int code, String text) {}

    /** The relay could not be talked to at all. */
    static final class NoConnection extends Exception {
        private static final long serialVersionUID = 1;
        final transient Handover.Deferred deferred;

        NoConnection(Handover.Deferred deferred) {
            super(deferred.reason());
            this.deferred = deferred;
        }
    }

    private RelayConnection(Session session, SmtpUrl url) {
        super(session, null, "smtp", url.tls() == SmtpUrl.Tls.IMPLICIT);
        this.relay = url;
    }

    static RelayConnection open(Session session, SmtpUrl url) throws NoConnection {
        RelayConnection connection = new RelayConnection(session, url);
        SmtpUrl.Login login = url.login();
        try {
            connection.connect(
                    url.host(),
                    url.port(),
                    login == null ? null : login.user(),
                    login == null ? null : login.password());
        } catch (MessagingException | RuntimeException e) {
            throw new NoConnection(connection.notConnected(e));
        }
        // The library would go on without signing in, and the relay then refuse each mail for good.
        if (login != null
                && !connection.supportsExtension("AUTH")
                && !connection.supportsExtension("AUTH=LOGIN")) {
            connection.end();
            throw new NoConnection(
                    new Handover.Deferred(
                            OptionalInt.empty(), "The relay " + url + " offers no way to sign in"));
        }
        return connection;
    }

    /**
     * A refused connection or sign-in says nothing about any mail, so even a 5xx here only defers.
     */
    private Handover.Deferred notConnected(Exception e) {
        int code = getLastReturnCode();
        return new Handover.Deferred(
                code >= 400 && code <= 599 ? OptionalInt.of(code) : OptionalInt.empty(),
                "No connection to " + relay + ": " + described(e));
    }

    Handover hand(MimeMail mail, Address[] recipient) {
        phase = Phase.READY;
        lastReply = null;
        held.setLength(0);
        answersForNow = false;
        handed++;
        try {
            sendMessage(mail, recipient);
            return new Handover.Accepted(lastReply == null ? "" : lastReply.text());
        } catch (MessagingException | RuntimeException e) {
            return verdict(e);
        }
    }

    int handed() {
        return handed;
    }

    /** Whether another mail may go over this connection. */
    boolean isUsable() {
        return !broken;
    }

    /** Whether it had died before the relay heard of the mail: nothing was tried yet. */
    boolean diedUnused() {
        return broken && (phase == Phase.READY || phase == Phase.MAIL);
    }

    /** Says goodbye without waiting for the answer, and closes. */
    void end() {
        try {
            close();
        } catch (MessagingException e) {
            // It is closed all the same, and the relay's opinion on that changes nothing.
            broken = true;
        }
    }

    private Handover verdict(Exception e) {
        Reply reply = lastReply;
        int code = reply == null ? NO_REPLY : reply.code();
        if (phase == Phase.DOT && code >= 200 && code <= 299 && reply != null) {
            return new Handover.Accepted(reply.text());
        }
        if (reply != null && code >= 500 && code <= 599 && !speaksOfUs(code)) {
            return new Handover.Refused(code, reply.text(), stage());
        }
        if (reply != null && code >= 400 && code <= 599) {
            return new Handover.Deferred(OptionalInt.of(code), reply.text(), stage());
        }
        broken = true;
        String reason = reply == null ? described(e) : "unexpected answer: " + reply.text();
        return phase == Phase.DOT
                ? new Handover.Unknown("No answer after the whole mail was written: " + reason)
                : new Handover.Deferred(
                        OptionalInt.empty(), "Broken off at " + phase + ": " + reason);
    }

    /**
     * Sequence, sign-in and encryption: a fault of the set-up, mended by an operator, never by
     * dropping mails.
     */
    private static boolean speaksOfUs(int code) {
        return code == 503 || code == 530 || code == 534 || code == 535 || code == 538;
    }

    private Handover.Stage stage() {
        return switch (phase) {
            case READY, MAIL -> Handover.Stage.SENDER;
            case RCPT -> Handover.Stage.RECIPIENT;
            case DATA -> Handover.Stage.DATA;
            case BODY, DOT -> Handover.Stage.CONTENT;
        };
    }

    @Override
    protected void sendCommand(String command) throws MessagingException {
        if (onlyAsking) {
            return;
        }
        resetting = command.equals("RSET");
        if (command.startsWith("MAIL FROM:")) {
            enter(Phase.MAIL);
        } else if (command.startsWith("RCPT TO:")) {
            enter(Phase.RCPT);
        } else if (command.equals("DATA")) {
            enter(Phase.DATA);
        } else if (command.equals(".")) {
            // Before the write: a dot that was only half reported may have arrived.
            enter(Phase.DOT);
        }
        if (isHeld(command)) {
            held.append(command).append("\r\n");
            answersForNow = true;
            return;
        }
        try {
            writeHeld();
            super.sendCommand(command);
        } catch (MessagingException e) {
            broken = true;
            throw e;
        } catch (IOException e) {
            broken = true;
            throw new MessagingException("The relay is not there any more", e);
        }
    }

    /**
     * A relay that takes several commands at once (RFC 2920) gets sender, recipient and DATA in one
     * piece, and so answers once where it would answer three times.
     */
    private boolean isHeld(String command) {
        return (phase == Phase.MAIL || phase == Phase.RCPT)
                && !resetting
                && supportsExtension("PIPELINING")
                && command.indexOf('\r') < 0
                && command.indexOf('\n') < 0;
    }

    /** What was held goes into the same buffer as the command after it, which flushes it. */
    private void writeHeld() throws MessagingException, IOException {
        if (!held.isEmpty()) {
            stream().write(held.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The library gives away its stream only after DATA; let it believe that this was said. */
    private OutputStream stream() throws MessagingException {
        onlyAsking = true;
        try {
            return data();
        } finally {
            onlyAsking = false;
        }
    }

    private void enter(Phase next) {
        phase = next;
        lastReply = null;
    }

    @Override
    protected int readServerResponse() throws MessagingException {
        if (onlyAsking) {
            return GO_ON;
        }
        if (answersForNow) {
            answersForNow = false;
            return OK;
        }
        return held.isEmpty() ? reply() : repliesToHeld();
    }

    /** The replies to sender, recipient and DATA: the first that says no is the one that counts. */
    private int repliesToHeld() throws MessagingException {
        held.setLength(0);
        Phase refused = Phase.READY;
        Reply refusal = null;
        int code = NO_REPLY;
        for (Phase asked : List.of(Phase.MAIL, Phase.RCPT, Phase.DATA)) {
            enter(asked);
            code = reply();
            if (refusal == null && asked != Phase.DATA && code / 100 != 2) {
                refused = asked;
                refusal = lastReply;
            }
            if (broken) {
                return code;
            }
        }
        if (refusal == null) {
            return code;
        }
        if (code == GO_ON) {
            // It waits for a mail that nobody is to get.
            super.sendCommand(".");
            broken |= super.readServerResponse() < 200;
        }
        phase = refused;
        lastReply = refusal;
        return refusal.code();
    }

    private int reply() throws MessagingException {
        int code;
        try {
            code = super.readServerResponse();
        } catch (MessagingException e) {
            broken = true;
            throw e;
        }
        if (resetting) {
            resetting = false;
            broken |= code != OK;
        } else if (phase != Phase.READY) {
            lastReply = new Reply(code, shortened(getLastServerResponse()));
            // After 421 the relay closes; after no or a senseless reply nobody knows who speaks
            // next.
            broken |= code == 421 || code < 200;
            if (phase == Phase.DATA && code == GO_ON) {
                enter(Phase.BODY);
            }
        }
        return code;
    }

    /** No RSET into a connection that is given up anyway: its answer would be waited for. */
    @Override
    public synchronized void issueCommand(String command, int expected) throws MessagingException {
        if (!(broken && command.equals("RSET"))) {
            super.issueCommand(command, expected);
        }
    }

    private static String described(Exception e) {
        String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        Throwable cause = e.getCause();
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return shortened(
                cause == null
                        ? said
                        : said
                                + " ("
                                + cause.getClass().getSimpleName()
                                + ": "
                                + cause.getMessage()
                                + ")");
    }

    private static String shortened(@Nullable String text) {
        String line = HeaderText.clean(text == null ? "" : text);
        return line.length() <= LONGEST_REPLY ? line : line.substring(0, LONGEST_REPLY);
    }
}
