package io.regulars.tenancy.access;

import io.regulars.platform.db.Side;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who sends these headers. */
public final class Authentication {

    private static final String SCHEME = "bearer ";

    private final Credentials credentials;
    private final TenantDoor door;

    public Authentication(Credentials credentials, TenantDoor door) {
        this.credentials = credentials;
        this.door = door;
    }

    /**
     * The caller, or a refusal.
     *
     * @param authorization the header of that name
     * @param mode the header {@code Regulars-Mode}
     */
    Caller caller(@Nullable String authorization, @Nullable String mode) {
        Credential credential =
                secret(authorization)
                        .flatMap(credentials::find)
                        .orElseThrow(Authentication::unknown);
        return new Caller(
                door.enter(credential.tenant(), side(credential, mode)),
                credential.actor(),
                credential.scope());
    }

    static Optional<String> secret(@Nullable String authorization) {
        return authorization != null
                        && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private static Side side(Credential credential, @Nullable String mode) {
        Optional<Side> asked = Optional.ofNullable(mode).map(Authentication::side);
        return switch (credential) {
            case Credential.Session _ -> asked.orElse(Side.LIVE);
            case Credential.Key key -> {
                // Somebody believes to be trying things out and would write to real people.
                if (asked.isPresent() && asked.get() != key.side()) {
                    throw Problem.of(
                            ProblemType.BAD_REQUEST,
                            "Regulars-Mode says "
                                    + asked.get().key()
                                    + ", but this is a "
                                    + key.side().key()
                                    + " key.");
                }
                yield key.side();
            }
        };
    }

    private static Side side(String mode) {
        return switch (mode.strip()) {
            case "live" -> Side.LIVE;
            case "test" -> Side.TEST;
            default -> throw Problem.of(ProblemType.BAD_REQUEST, "Regulars-Mode is live or test.");
        };
    }

    private static Problem unknown() {
        return Problem.of(
                ProblemType.UNAUTHENTICATED,
                "Send a valid API key or session token as 'Authorization: Bearer …'.");
    }
}
