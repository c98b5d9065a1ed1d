/**
 * The links in members' mail that say who clicked. Owns no tables. A link is worth something only
 * for what it was made for, and says no more of its reader than ids.
 */
@NullMarked
package io.regulars.engagement.tracking;

import org.jspecify.annotations.NullMarked;
