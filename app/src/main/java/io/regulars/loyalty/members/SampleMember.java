package io.regulars.loyalty.members;

import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantTx;
import java.util.List;
import java.util.Objects;

/** Somebody made up, for a shop that wants to see its mails before it has its first member. */
public final class SampleMember {

    private static final String NAME = "Lan";

    private SampleMember() {}

    /** Enrols the sample. Only within {@link TenantTx#asIf}, or the shop would keep it. */
    public static Member enrol(TenantTx tx, Programs programs) {
        Profile profile = new Profile(null, null, null, NAME, null, null, null, null, null);
        EnrolMembers enrol = new EnrolMembers(programs, new NewZones(tenant -> {}), List.of());
        return Objects.requireNonNull(
                enrol.enrol(
                                tx,
                                List.of(new EnrolMembers.Enrolment(profile, List.of(), null, true)),
                                "sample")
                        .getFirst());
    }
}
