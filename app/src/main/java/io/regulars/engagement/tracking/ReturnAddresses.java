package io.regulars.engagement.tracking;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.secrets.Purpose;
import io.regulars.platform.secrets.Signer;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Addresses that say what an answer is about: what comes back of a mail, and a no that is said by
 * mail. Signed, or anybody could have an address suppressed. In small letters and digits only, for
 * not every mail server keeps the case; 60 characters, for 64 is the limit.
 */
public final class ReturnAddresses {

    private static final int TAG_BYTES = 6;
    private static final int ID_BYTES = 4 * Long.BYTES;
    private static final int DIGITS = 59;
    private static final int BASE = 36;

    private static final Map<Character, Kind> KINDS =
            Map.of(
                    'b', new Kind(About.MESSAGE, Side.LIVE),
                    'c', new Kind(About.MESSAGE, Side.TEST),
                    'u', new Kind(About.MEMBER, Side.LIVE),
                    'v', new Kind(About.MEMBER, Side.TEST));

    private final Signer signer;

    public ReturnAddresses(Signer signer) {
        this.signer = signer;
    }

    private record Kind(About about, Side side) {}

    /** What an address names. */
    public enum About {
        /** A message, of which something came back. */
        MESSAGE,
        /** A member who wants no more advertising. */
        MEMBER
    }

    /**
     * What an answer is about.
     *
     * @param thing the message or the member
     */
    public record Subject(About about, TenantId tenant, Side side, UUID thing) {}

    /** The part before the at sign for what comes back of a message. */
    public String ofMessage(TenantRef tenant, UUID message) {
        return written(tenant.isTest() ? 'c' : 'b', tenant.id().uuid(), message);
    }

    /** The part before the at sign by which a member says no. */
    public String ofMember(TenantRef tenant, UUID member) {
        return written(tenant.isTest() ? 'v' : 'u', tenant.id().uuid(), member);
    }

    /** Empty for every part that was not written here. */
    public Optional<Subject> read(String localPart) {
        String text = localPart.toLowerCase(Locale.ROOT);
        if (!text.matches("[bcuv][0-9a-z]{" + DIGITS + "}")) {
            return Optional.empty();
        }
        byte[] number = new BigInteger(text.substring(1), BASE).toByteArray();
        byte[] bytes = new byte[ID_BYTES + TAG_BYTES];
        // A leading byte of sign, or fewer bytes than there are.
        int length = Math.min(number.length, bytes.length);
        if (number.length > bytes.length + 1) {
            return Optional.empty();
        }
        System.arraycopy(number, number.length - length, bytes, bytes.length - length, length);
        byte[] signed = signed(text.charAt(0), Arrays.copyOf(bytes, ID_BYTES));
        byte[] tag = Arrays.copyOfRange(bytes, ID_BYTES, bytes.length);
        if (!signer.isTag(Purpose.RETURN_PATH, signed, tag)) {
            return Optional.empty();
        }
        ByteBuffer ids = ByteBuffer.wrap(bytes);
        UUID tenant = new UUID(ids.getLong(), ids.getLong());
        UUID thing = new UUID(ids.getLong(), ids.getLong());
        return Optional.ofNullable(KINDS.get(text.charAt(0)))
                .map(kind -> new Subject(kind.about(), new TenantId(tenant), kind.side(), thing));
    }

    private String written(char kind, UUID tenant, UUID thing) {
        byte[] ids =
                ByteBuffer.allocate(ID_BYTES)
                        .putLong(tenant.getMostSignificantBits())
                        .putLong(tenant.getLeastSignificantBits())
                        .putLong(thing.getMostSignificantBits())
                        .putLong(thing.getLeastSignificantBits())
                        .array();
        byte[] tag = signer.tag(Purpose.RETURN_PATH, signed(kind, ids), TAG_BYTES);
        byte[] all = ByteBuffer.allocate(ID_BYTES + TAG_BYTES).put(ids).put(tag).array();
        String number = new BigInteger(1, all).toString(BASE);
        return kind + "0".repeat(DIGITS - number.length()) + number;
    }

    private static byte[] signed(char kind, byte[] ids) {
        return ByteBuffer.allocate(1 + ids.length).put((byte) kind).put(ids).array();
    }
}
