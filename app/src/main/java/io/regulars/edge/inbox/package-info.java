/**
 * The captured mails of a service without a relay, for browsers and programs. Owns no tables. It
 * shows verification mails and with them the keys of every shop, so whoever asks must have the
 * token, or sit at this very machine. Mails are shown as strangers' content: framed, without
 * scripts, under a policy of their own.
 */
@NullMarked
package io.regulars.edge.inbox;

import org.jspecify.annotations.NullMarked;
