/**
 * Hands finished mails to a relay, and takes them in again when no relay is configured.
 *
 * <p>Owns no tables and knows no tenants: a mail comes in as {@link
 * io.regulars.platform.smtp.Outgoing} and goes out as one {@link
 * io.regulars.platform.smtp.Handover}. What holds here: a hand-over says truly whether the relay
 * may have taken the mail, because what is unknown must not be sent again by itself; every wait has
 * an end; no control character of anybody's name reaches a header; a password is never printed.
 * Capturing takes the same road through a real SMTP server on loopback, so what is tried with the
 * inbox is what runs with a relay.
 */
@NullMarked
package io.regulars.platform.smtp;

import org.jspecify.annotations.NullMarked;
