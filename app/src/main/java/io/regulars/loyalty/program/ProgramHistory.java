package io.regulars.loyalty.program;

import java.time.Instant;
import java.util.List;

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

    /** The version in force at this moment; before the first took effect, the first. */
    public Version inForceAt(Instant moment) {
        Version found = versions.getFirst();
        for (Version version : versions) {
            if (!version.effectiveAt().isAfter(moment)) {
                found = version;
            }
        }
        return found;
    }

    public Version numbered(int number) {
        return versions.stream().filter(v -> v.number() == number).findFirst().orElseThrow();
    }
}
