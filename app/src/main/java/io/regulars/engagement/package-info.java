/**
 * What talks to members and machines: campaigns, mail, links. Nothing in the storeys below knows of
 * it.
 */
@NullMarked
package io.regulars.engagement;

import org.jspecify.annotations.NullMarked;
