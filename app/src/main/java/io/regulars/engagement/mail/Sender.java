package io.regulars.engagement.mail;

import io.regulars.engagement.pace.MailPace;
import io.regulars.engagement.tracking.ReturnAddresses;
import io.regulars.platform.smtp.Mailbox;
import io.regulars.platform.smtp.Relay;
import java.net.URI;
import java.time.Duration;

/**
 * How mail leaves the house.
 *
 * @param live where live shops' mail goes
 * @param captured where test shops' mail goes: never to anybody outside
 * @param from the address of the house; the name before it is the shop's
 * @param publicUrl base of every link in a mail
 * @param pace how fast live shops' mail leaves
 * @param returns the addresses for what comes back
 * @param takesReturns whether mail to them is taken in here
 * @param lease after which mail that a process took in hand is given up as lost with it
 */
public record Sender(
        Relay live,
        Relay captured,
        Mailbox from,
        URI publicUrl,
        Duration lease,
        MailPace pace,
        ReturnAddresses returns,
        boolean takesReturns) {

    Relay relay(boolean test) {
        return test ? captured : live;
    }

    /** The part behind the at sign, for message and list ids. */
    String domain() {
        return from.address().substring(from.address().indexOf('@') + 1);
    }
}
