/**
 * What the law asks of mail to members. Owns no tables: the parameters stand in {@code
 * tenants-config/jurisdictions/}. A mail is judged by the shop's country and the member's together,
 * and the strictest wins; what is known of a member's country only ever makes it stricter.
 */
@NullMarked
package io.regulars.engagement.law;

import org.jspecify.annotations.NullMarked;
