package io.regulars.platform.http;

/** Who may call an endpoint, in the terms of key scopes and user roles. */
public enum Audience {
    /** Without credentials. */
    ANYONE,
    /** Every key and user, tills included (contact data masked for those). */
    LOOKUP,
    /** Every key and user but tills. */
    READERS,
    /** {@code pos} and {@code admin} keys; cashiers and owners. */
    TILL,
    /** {@code marketing} and {@code admin} keys; marketers and owners. */
    MARKETING,
    /** {@code admin} keys; owners. */
    ADMIN
}
