package io.regulars.loyalty.members;

import io.regulars.loyalty.ledger.PointsView;
import io.regulars.loyalty.tiers.TierView;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A member as the API shows one.
 *
 * @param tier absent where the program has no tiers
 * @param referralUrl what the member passes on to friends: their code and the shop, no secret
 * @param cardUrl the address of the member's own card: whoever knows it sees and changes what the
 *     member may, so only callers who may change members get it
 */
public record MemberView(
        MemberId id,
        @Nullable String externalId,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String name,
        @Nullable BirthDate birthDate,
        @Nullable String locale,
        @Nullable String timeZone,
        Instant joinedAt,
        String cardNumber,
        String referralCode,
        @Nullable String referralUrl,
        PointsView points,
        @Nullable TierView tier,
        Map<String, Object> attributes,
        Marketing marketing,
        int programVersion,
        @Nullable String cardUrl,
        Instant updatedAt) {

    /**
     * @param email whether the member wants advertising by e-mail
     */
    public record Marketing(boolean email) {}

    /**
     * @param whole false at a till, where addresses and numbers are shown masked
     * @param referralUrl null where the member is not shown by the API
     * @param cardUrl null for callers who may not change members
     */
    static MemberView of(
            Member member,
            PointsView points,
            @Nullable TierView tier,
            boolean whole,
            @Nullable String referralUrl,
            @Nullable String cardUrl) {
        Optional<String> email = Optional.ofNullable(member.email());
        Optional<String> phone = Optional.ofNullable(member.phone());
        return new MemberView(
                member.id(),
                member.externalId(),
                (whole ? email : email.map(Contact::maskedEmail)).orElse(null),
                (whole ? phone : phone.map(Contact::maskedPhone)).orElse(null),
                member.name(),
                member.birthDate(),
                member.locale(),
                member.timeZone(),
                member.joinedAt(),
                member.cardNumber(),
                member.referralCode(),
                referralUrl,
                points,
                tier,
                member.attributes(),
                new Marketing(member.marketingEmail()),
                member.programVersion(),
                cardUrl,
                member.updatedAt());
    }
}
