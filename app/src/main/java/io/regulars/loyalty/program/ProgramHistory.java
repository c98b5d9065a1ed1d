package io.regulars.loyalty.program;

import java.time.Instant;
import java.util.Comparator;
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

    /**
     * The version in force at this moment: of those in effect the latest. Before any took effect,
     * the one that took effect first, and of several that did so at once the latest.
     */
    public Version inForceAt(Instant moment) {
        Instant first =
                versions.stream()
                        .map(Version::effectiveAt)
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
        Instant asked = moment.isBefore(first) ? first : moment;
        return versions.stream()
                .filter(version -> !version.effectiveAt().isAfter(asked))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    public Version numbered(int number) {
        return versions.stream().filter(v -> v.number() == number).findFirst().orElseThrow();
    }
}
