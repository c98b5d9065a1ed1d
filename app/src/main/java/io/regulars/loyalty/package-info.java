/**
 * The loyalty program itself: rules first, SQL beside them. Knows nothing of mail and campaigns.
 */
@NullMarked
package io.regulars.loyalty;

import org.jspecify.annotations.NullMarked;
