/** Signed links in mails, and what they lead to. Owns no tables. */
@NullMarked
package io.regulars.engagement.tracking;

import org.jspecify.annotations.NullMarked;
