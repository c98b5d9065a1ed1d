/**
 * The domain that a shop's mail comes from. Owns no tables: it is the row {@code sender_domain} of
 * {@code setting}. Until the shop has proved by the DNS that the domain is its own and that the
 * relay may send for it, its mail comes from the house's address.
 */
@NullMarked
package io.regulars.engagement.senderdomain;

import org.jspecify.annotations.NullMarked;
