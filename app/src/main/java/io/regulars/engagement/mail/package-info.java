/**
 * Messages to members, from plan to hand-over. Owns {@code message} and {@code suppression}; reads
 * the state of {@code campaign}. A message is unique by kind, member and occurrence. Whether it may
 * leave is asked again at the moment of hand-over, in the transaction that marks it as sending;
 * what became of it is recorded in the next. A mail that may have been taken is never sent again if
 * it is advertising.
 */
@NullMarked
package io.regulars.engagement.mail;

import org.jspecify.annotations.NullMarked;
