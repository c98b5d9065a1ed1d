/**
 * The way out to addresses that shops name. An address is looked up once, every answer is checked,
 * and the connection goes to what was checked: a name that changes its mind in between changes
 * nothing. Owns no tables.
 */
@NullMarked
package io.regulars.platform.net;

import org.jspecify.annotations.NullMarked;
