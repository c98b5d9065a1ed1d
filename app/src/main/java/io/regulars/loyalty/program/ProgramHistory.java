package io.regulars.loyalty.program;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** All published versions of one side of a tenant, oldest first; never empty. */
public record ProgramHistory(List<Version> versions) {

    /** One published version; it never changes. */
    public record Version(int number, Program program, Instant effectiveAt) {}

    public ProgramHistory {
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("a tenant always has a published program");
        }
        versions = List.copyOf(versions);
    }

    /**
     * The version in force at this moment: of those in effect the latest. Before any took effect,
     * the first, and of several that took effect together with it the latest.
     */
    public Version inForceAt(Instant moment) {
        return latest(version -> !version.effectiveAt().isAfter(moment))
                .or(() -> {
                    // Not the earliest of all: a later version may be announced for a moment
                    // before the one that was there first.
                    Instant first = versions.getFirst().effectiveAt();
                    return latest(version -> version.effectiveAt().equals(first));
                })
                .orElseThrow();
    }

    private Optional<Version> latest(Predicate<Version> isMeant) {
        return versions.stream().filter(isMeant).reduce((earlier, later) -> later);
    }

    public Version numbered(int number) {
        return versions.stream().filter(v -> v.number() == number).findFirst().orElseThrow();
    }
}
