/**
 * Retries of POSTs: the first success under an {@code Idempotency-Key} is kept, in the transaction
 * of the work itself, and given again. Owns {@code idempotency} in tenants' schemas and {@code
 * control.idempotency} for calls without a tenant. Sits around every resource method, so that no
 * endpoint can forget it.
 */
@NullMarked
package io.regulars.platform.retries;

import org.jspecify.annotations.NullMarked;
