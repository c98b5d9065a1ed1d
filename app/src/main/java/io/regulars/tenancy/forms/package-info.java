/**
 * What people type about themselves and their shop, checked: every field that is wrong is named at
 * once, with a pointer and a code. Owns no tables.
 */
@NullMarked
package io.regulars.tenancy.forms;

import org.jspecify.annotations.NullMarked;
