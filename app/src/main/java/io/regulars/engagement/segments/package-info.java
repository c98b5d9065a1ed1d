/**
 * Groups of members by what they are and do. Owns {@code segment}. A filter is data that a shop
 * writes; it is compiled to one predicate over {@code member m} in which every value is bound and
 * every name is one of ours. Nothing is stored of who is in a segment: campaigns ask for the
 * members of a batch, in their own transaction.
 */
@NullMarked
package io.regulars.engagement.segments;

import org.jspecify.annotations.NullMarked;
