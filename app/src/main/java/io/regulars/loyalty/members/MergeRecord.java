package io.regulars.loyalty.members;

import io.regulars.loyalty.ledger.MergeAccounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What moved with a merge, kept with the member who was merged so that it can be undone.
 *
 * @param fields what the survivor took of the profile
 * @param externalId the merged member's own before
 * @param email the merged member's own before
 * @param survivorJoinedAt when the survivor had joined before
 * @param consents whose word the survivor's history took over
 * @param words what was recorded so that the stricter word counts
 * @param belongings ids by kind
 */
record MergeRecord(
        Instant at,
        String by,
        List<String> fields,
        @Nullable String externalId,
        @Nullable String email,
        Instant survivorJoinedAt,
        List<UUID> consents,
        List<UUID> words,
        MergeAccounts.Moved account,
        Map<String, List<UUID>> belongings) {}
