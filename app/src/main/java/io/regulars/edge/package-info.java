/**
 * What lies at the edge of the house: imports, pages, the inbox, the test clock. Sees everything
 * below.
 */
@NullMarked
package io.regulars.edge;

import org.jspecify.annotations.NullMarked;
