/**
 * The only room that opens transactions. {@link io.regulars.platform.db.TenantDb} chooses a
 * tenant's schema and role, both local to the transaction; {@link
 * io.regulars.platform.db.ControlDb} works on what is common to all tenants. No transaction spans
 * both. Owns {@code control.tenant_schema} and the two migration sets; nobody else names {@code
 * Jdbi}.
 */
@NullMarked
package io.regulars.platform.db;

import org.jspecify.annotations.NullMarked;
