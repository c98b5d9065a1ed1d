package io.regulars.tenancy.access;

import io.regulars.platform.http.Audience;
import java.util.EnumSet;
import java.util.Set;

/** The one table of who may call what. */
final class Permissions {

    private Permissions() {}

    /**
     * The scopes that belong to an audience. Nobody needs one where {@link Audience#ANYONE} may
     * call.
     */
    static Set<Scope> scopes(Audience audience) {
        return switch (audience) {
            case ANYONE, LOOKUP -> EnumSet.allOf(Scope.class);
            case READERS -> EnumSet.of(Scope.ADMIN, Scope.MARKETING, Scope.READ);
            case TILL -> EnumSet.of(Scope.ADMIN, Scope.POS);
            case MARKETING -> EnumSet.of(Scope.ADMIN, Scope.MARKETING);
            case ADMIN -> EnumSet.of(Scope.ADMIN);
        };
    }

    /** A till sees whom it serves, but not how to reach them. */
    static boolean seesContactData(Scope scope) {
        return scope != Scope.POS;
    }
}
