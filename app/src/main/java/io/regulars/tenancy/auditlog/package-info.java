/**
 * Shows who changed what: what is recorded in control and what is recorded in the shop's own
 * schema, as one list. Owns no tables.
 */
@NullMarked
package io.regulars.tenancy.auditlog;

import org.jspecify.annotations.NullMarked;
