package io.regulars.edge.imports;

import io.regulars.loyalty.members.EnrolMembers;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.Profile;
import io.regulars.platform.db.TenantTx;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The members that a file names by their external ids; those who are not there are made, without
 * consent, unless the caller would rather not.
 */
final class ImportedMembers {

    /**
     * Somebody else may make the same member at the same moment; then it is found the next time.
     */
    private static final int TRIES = 3;

    private final EnrolMembers enrolMembers;

    ImportedMembers(EnrolMembers enrolMembers) {
        this.enrolMembers = enrolMembers;
    }

    /**
     * Why somebody whom a row names is not there: they were not to be made, or the plan has no room
     * for them. What the file says of others is taken all the same.
     */
    Refusal missing(ImportJob job) {
        return job.options().createMembers()
                ? new Refusal("plan_limit_reached", "The plan has no room for another member.")
                : new Refusal("member_not_found", "No member has this external id.");
    }

    record Refusal(String code, String detail) {}

    /**
     * @param joined external ids, and since when those who are new are members
     * @return as many as there are
     */
    Map<String, MemberId> of(TenantTx tx, ImportJob job, Map<String, Instant> joined) {
        if (joined.isEmpty()) {
            return Map.of();
        }
        Map<String, MemberId> known =
                new HashMap<>(MemberDirectory.idsByExternalId(tx, joined.keySet()));
        for (int i = 0; job.options().createMembers() && i < TRIES; i++) {
            Set<String> missing = new HashSet<>(joined.keySet());
            missing.removeAll(known.keySet());
            if (missing.isEmpty()) {
                break;
            }
            if (i > 0) {
                known.putAll(MemberDirectory.idsByExternalId(tx, missing));
                missing.removeAll(known.keySet());
            }
            known.putAll(enrolled(tx, job, missing, joined));
        }
        return known;
    }

    /** As many as the plan has room for. */
    private Map<String, MemberId> enrolled(
            TenantTx tx, ImportJob job, Set<String> externalIds, Map<String, Instant> joined) {
        List<EnrolMembers.Enrolment> enrolments =
                externalIds.stream()
                        .sorted()
                        .limit(enrolMembers.roomLeft(tx))
                        .map(id ->
                                EnrolMembers.Enrolment.imported(
                                        Profile.ofExternalId(
                                                id, Objects.requireNonNull(joined.get(id))),
                                        List.of()))
                        .toList();
        Map<String, MemberId> made = new HashMap<>();
        enrolMembers.enrol(tx, enrolments, job.id().toString()).stream()
                .filter(Objects::nonNull)
                .forEach(member ->
                        made.put(Objects.requireNonNull(member.externalId()), member.id()));
        return made;
    }
}
