/**
 * Mail to the people who run shops: verification of a signup, reset of a password. Owns {@code
 * control.account_mail}. A row is written in the caller's control transaction and is sent soon
 * after its commit; it is kept until the relay has taken it or refused it for good, through crashes
 * too, and goes out again with the same Message-ID where nobody knows. Rows hold no secrets: a
 * {@link io.regulars.tenancy.accountmail.Letter} makes the link when the mail is written.
 */
@NullMarked
package io.regulars.tenancy.accountmail;

import org.jspecify.annotations.NullMarked;
