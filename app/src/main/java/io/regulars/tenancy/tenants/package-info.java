/**
 * The registry of tenants and their life: founded, suspended, resumed, deleted; their profile;
 * their live and test sides. Owns {@code control.tenant} and claims schemas from {@code
 * control.tenant_schema}. A side is shown to nobody before its first program is in place; each
 * tenant has at most one test schema, whoever comes first. Answers from {@link
 * io.regulars.tenancy.tenants.TenantDirectory} are at most four seconds old. Each use case opens
 * one control transaction; what is prepared inside a tenant's schema happens between two of them,
 * and is done again after a crash.
 */
@NullMarked
package io.regulars.tenancy.tenants;

import org.jspecify.annotations.NullMarked;
