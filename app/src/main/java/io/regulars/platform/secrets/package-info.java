/**
 * The service's secret key and what hangs on it: signed tokens in links, secrets that do not print
 * themselves. Every token is made for one purpose and is worth nothing for another. Owns no tables.
 */
@NullMarked
package io.regulars.platform.secrets;

import org.jspecify.annotations.NullMarked;
