/**
 * The record of who changed what of a shop: its profile, keys, people, plan, state. Owns {@code
 * control.audit_entry}. An entry is written in the control transaction of the change, so that there
 * is none without the other. What changes in a shop's own schema is recorded there, by {@code
 * io.regulars.events.Audit}.
 */
@NullMarked
package io.regulars.tenancy.audit;

import org.jspecify.annotations.NullMarked;
