/**
 * Legal doubts about a program, by the shop's country. Owns no tables; pure. Nothing is refused for
 * a doubt: whoever publishes decides. Numbers and words of the law stand in {@code
 * tenants-config/jurisdictions/}.
 */
@NullMarked
package io.regulars.loyalty.law;

import org.jspecify.annotations.NullMarked;
