package io.regulars.loyalty.members;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.secrets.Purpose;
import io.regulars.platform.secrets.Signer;
import java.net.URI;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The links to a member's own pages. A link to the card has no end, for it lies in a mail box or on
 * a home screen for years, but a number that the member can make void; one that confirms an
 * enrolment has an end.
 */
public final class MemberLinks {

    private static final int PAYLOAD_BYTES = 1 + 4 * Long.BYTES + Integer.BYTES;
    private static final byte LIVE = 0;
    private static final byte TEST = 1;
    private static final String SEPARATOR = "~";
    private static final int ADDRESS_BYTES = 8;
    private static final Duration CONFIRM_WITHIN = Duration.ofDays(7);

    private final Signer signer;
    private final String base;

    /**
     * @param publicUrl under which the members' browsers reach the service
     */
    public MemberLinks(Signer signer, URI publicUrl) {
        this.signer = signer;
        String url = publicUrl.toString();
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /**
     * Whom a link was made for.
     *
     * @param epoch of the card at that time
     */
    public record Holder(TenantId tenant, Side side, MemberId member, int epoch) {}

    /** Where a shop's join page is. */
    public URI join(TenantId tenant) {
        return URI.create(base + "/j/" + tenant);
    }

    /** Where a shop's published terms are. */
    public URI terms(TenantId tenant, Locale locale) {
        return URI.create(base + "/t/" + tenant + "?lang=" + locale.getLanguage());
    }

    /** The member's card. */
    public URI card(TenantRef tenant, Member member) {
        return card(new Holder(tenant.id(), tenant.side(), member.id(), member.cardEpoch()));
    }

    public URI card(Holder holder) {
        return URI.create(
                base + "/c/" + signer.sign(Purpose.MEMBER_CARD, payload(holder), Optional.empty()));
    }

    /** Where somebody who filled in the join page says that the address is theirs. */
    public URI confirm(TenantRef tenant, Member member, Instant now) {
        Holder holder = new Holder(tenant.id(), tenant.side(), member.id(), member.cardEpoch());
        byte[] address = signer.tag(Purpose.CONFIRM_JOIN, address(member), ADDRESS_BYTES);
        return URI.create(
                base
                        + "/v/"
                        + signer.sign(
                                Purpose.CONFIRM_JOIN,
                                payload(holder) + SEPARATOR + encoded(address),
                                Optional.of(now.plus(CONFIRM_WITHIN))));
    }

    /** What a member gives to friends. It names the shop and the code, and is no secret. */
    public URI referral(TenantRef tenant, Member member) {
        byte[] code = member.referralCode().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES + code.length);
        put(bytes, tenant.id().uuid());
        bytes.put(code);
        return URI.create(base + "/r/" + encoded(bytes.array()));
    }

    /** A shop and the code of the member who sends somebody there. */
    public record Invitation(TenantId tenant, String code) {}

    /** Empty for what is no such link; whether the code is anybody's is not looked at. */
    public static Optional<Invitation> invitation(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            TenantId tenant = new TenantId(uuid(bytes));
            String code = StandardCharsets.US_ASCII.decode(bytes).toString();
            return code.matches("[0-9A-Z]{4,40}")
                    ? Optional.of(new Invitation(tenant, code))
                    : Optional.empty();
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    /** Whose card a token opens; empty for every text that {@link #card} did not write. */
    public Optional<Holder> readCard(String token) {
        // At the end of time only what has no expiry is still valid, and these have none.
        return signer.verify(Purpose.MEMBER_CARD, token, Instant.MAX).flatMap(MemberLinks::holder);
    }

    /**
     * What a link to confirm proves.
     *
     * @param address a sign of where it was sent; {@link #isAddress} knows it again
     */
    public record Proof(Holder holder, String address) {}

    /** What a token of {@link #confirm} proves; empty after its end too. */
    public Optional<Proof> readConfirm(String token, Instant now) {
        return signer.verify(Purpose.CONFIRM_JOIN, token, now)
                .map(payload -> payload.split(SEPARATOR, 2))
                .filter(parts -> parts.length == 2)
                .flatMap(parts -> holder(parts[0]).map(holder -> new Proof(holder, parts[1])));
    }

    /** Whether the link was sent to the address that the member has now. */
    public boolean isAddress(Proof proof, Member member) {
        return signer.isTag(
                Purpose.CONFIRM_JOIN,
                address(member),
                Base64.getUrlDecoder().decode(proof.address()));
    }

    private static byte[] address(Member member) {
        return Objects.requireNonNullElse(member.email(), "").getBytes(StandardCharsets.UTF_8);
    }

    private static String payload(Holder holder) {
        ByteBuffer payload = ByteBuffer.allocate(PAYLOAD_BYTES);
        payload.put(holder.side() == Side.TEST ? TEST : LIVE);
        put(payload, holder.tenant().uuid());
        put(payload, holder.member().uuid());
        payload.putInt(holder.epoch());
        return encoded(payload.array());
    }

    private static Optional<Holder> holder(String payload) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(payload));
            Side side =
                    switch (bytes.get()) {
                        case LIVE -> Side.LIVE;
                        case TEST -> Side.TEST;
                        default -> throw new IllegalArgumentException("no side");
                    };
            return Optional.of(
                    new Holder(
                            new TenantId(uuid(bytes)),
                            side,
                            new MemberId(uuid(bytes)),
                            bytes.getInt()));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void put(ByteBuffer to, UUID id) {
        to.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer from) {
        return new UUID(from.getLong(), from.getLong());
    }
}
