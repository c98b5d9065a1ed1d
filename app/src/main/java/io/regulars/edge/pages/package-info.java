/**
 * The pages that people open from a mail: no login, no script, nothing from another host, in the
 * reader's language. Owns no tables. What holds here: GET and HEAD change nothing, because mail
 * scanners follow every link; the token in the address is the only credential, so no page is
 * cached, indexed, framed, or named to another site; every value is escaped where it is written.
 */
@NullMarked
package io.regulars.edge.pages;

import org.jspecify.annotations.NullMarked;
