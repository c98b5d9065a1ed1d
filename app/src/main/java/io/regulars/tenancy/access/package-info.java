/**
 * Who is calling, and may they: API keys, users, sessions, passwords. Owns {@code control.api_key},
 * {@code app_user}, {@code membership} and {@code session}; reads name and state of {@code
 * control.tenant}. Secrets are kept as hashes only and are shown once. A revoked key or session is
 * refused at once on the node that revoked it and everywhere within five seconds. Nothing in an
 * answer, nor the work done for it, tells an address that has an account from one that has none.
 * Each use case opens one control transaction; the DAOs join their caller's.
 */
@NullMarked
package io.regulars.tenancy.access;

import org.jspecify.annotations.NullMarked;
