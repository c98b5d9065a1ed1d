/**
 * How somebody becomes a member without a till: the shop's join page, its QR code and poster, the
 * link that a member gives to friends, and the link by which a mail address is proven. Owns no
 * tables; the use cases are those of {@code loyalty.members}. What holds here: GET and HEAD change
 * nothing, no answer tells whether somebody is a member, nothing that was typed by a stranger gets
 * into a mail, and a consent counts only after the address was proven, with the wording that was
 * shown.
 */
@NullMarked
package io.regulars.edge.join;

import org.jspecify.annotations.NullMarked;
