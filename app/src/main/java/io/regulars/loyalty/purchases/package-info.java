/**
 * Purchases: what was bought, and the points it earned. Owns {@code purchase} and {@code
 * purchase_line}. A purchase is known by its source and order id for ever, so that a repeat pays
 * once, even a year later. One at a till or a thousand of an import go through the same code, in
 * the caller's one transaction.
 */
@NullMarked
package io.regulars.loyalty.purchases;

import org.jspecify.annotations.NullMarked;
