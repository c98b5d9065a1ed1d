package io.regulars;

import io.dropwizard.lifecycle.Managed;
import io.regulars.engagement.pace.MailPace;
import io.regulars.engagement.pace.MailRates;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.smtp.CaptureServer;
import io.regulars.platform.smtp.InboundServer;
import io.regulars.platform.smtp.Inbox;
import io.regulars.platform.smtp.Relay;
import io.regulars.platform.smtp.SmtpUrl;
import io.regulars.platform.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where mail goes. Captured mail takes the way of all mail: over SMTP, into a small server of our
 * own. Test shops' mail always does.
 */
final class PostOffice implements Managed {

    private final CaptureServer capture;
    private final Inbox inbox;
    private final Relay captured;
    private final Relay live;
    private final boolean capturesAll;
    private @Nullable InboundServer inbound;

    PostOffice(Settings settings, Clock clock) {
        try {
            this.inbox = new Inbox(Path.of(settings.dataDir(), "mail"), clock::now);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "captured mail cannot be kept in " + settings.dataDir(), e);
        }
        this.capture = CaptureServer.start(inbox);
        this.captured = new Relay(capture.url());
        this.capturesAll = settings.mail().smtpUrl().isEmpty();
        this.live = capturesAll ? captured : new Relay(SmtpUrl.parse(settings.mail().smtpUrl()));
    }

    /** Takes in what comes back by mail, where a port is named for it. */
    void receive(Settings settings, InboundServer.Receiver receiver) {
        if (settings.mail().inboundPort() > 0) {
            try {
                this.inbound =
                        InboundServer.start(
                                settings.bind(), settings.mail().inboundPort(), receiver);
            } catch (IOException e) {
                throw new UncheckedIOException("INBOUND_SMTP_PORT cannot be opened", e);
            }
        }
    }

    /** Refuses a clock that is not the world's where mail would reach people. */
    static void checkClock(Settings settings) {
        String relay = settings.mail().smtpUrl();
        if (!settings.clockStart().isEmpty()
                && !relay.isEmpty()
                && !SmtpUrl.parse(relay).isLoopback()) {
            throw new SettingsProblem(
                    "CLOCK_START moves the service's clock, so it is allowed only with captured mail or an SMTP_URL on"
                            + " this machine");
        }
    }

    /** How fast live shops' mail leaves. */
    static MailPace pace(Settings settings, ControlDb control) {
        String relay = settings.mail().smtpUrl();
        return new MailPace(
                control,
                MailRates.read(
                        settings.mail().ratesFile(),
                        relay.isEmpty() || SmtpUrl.parse(relay).isLoopback()),
                relayName(settings));
    }

    /** What the relay is called where it is held. */
    static String relayName(Settings settings) {
        String relay = settings.mail().smtpUrl();
        if (relay.isEmpty()) {
            return "captured";
        }
        SmtpUrl url = SmtpUrl.parse(relay);
        return url.host() + ":" + url.port();
    }

    Relay live() {
        return live;
    }

    Relay captured() {
        return captured;
    }

    /** What can be looked at in the browser: present where no relay is named. */
    Optional<Inbox> inbox() {
        return capturesAll ? Optional.of(inbox) : Optional.empty();
    }

    @Override
    public void stop() {
        if (inbound != null) {
            inbound.close();
        }
        live.close();
        captured.close();
        capture.close();
    }
}
