/**
 * Who works for a shop: its people, their roles, invitations, changes of e-mail addresses. Owns
 * {@code control.invitation}; writes {@code control.membership} with {@code tenancy.access}. A shop
 * has at least one owner at all times: whoever takes one away locks all of them first. A link in a
 * mail proves that the mailbox is held, which is what a reset of a password asks for too. Each use
 * case opens one control transaction.
 */
@NullMarked
package io.regulars.tenancy.users;

import org.jspecify.annotations.NullMarked;
