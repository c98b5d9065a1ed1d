/**
 * Puts the storey's rooms together: who has an account, who may act for it, how they come in. Owns
 * no tables itself.
 */
@NullMarked
package io.regulars.tenancy;

import org.jspecify.annotations.NullMarked;
