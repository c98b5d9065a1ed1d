/**
 * A till for shops that have no integrator: one page that staff open in a browser. It is a customer
 * of the public REST API like any other and can do nothing that the API does not allow its user; so
 * this room knows nothing of members or points, and owns no tables.
 */
@NullMarked
package io.regulars.edge.till;

import org.jspecify.annotations.NullMarked;
