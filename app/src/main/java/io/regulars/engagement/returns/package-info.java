/**
 * What comes back of mails: bounces and complaints, by mail or from a relay, and a no that is said
 * by mail. Owns no tables; notes it all with the message, opens one transaction for each answer,
 * and stops a shop whose mail comes back too often, which it notes in another. An answer counts
 * only when it names its message in a form that was signed here: nobody else can have an address
 * suppressed.
 */
@NullMarked
package io.regulars.engagement.returns;

import org.jspecify.annotations.NullMarked;
