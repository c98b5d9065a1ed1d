package io.regulars.engagement.tracking;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * What a link says: a side of a shop, one of its things, and a small number where the thing has
 * several of what is meant.
 */
record LinkPayload(TenantId tenant, Side side, UUID thing, int part) {

    private static final int BYTES = 1 + 4 * Long.BYTES;
    private static final byte LIVE = 0;
    private static final byte TEST = 1;

    static LinkPayload of(TenantRef tenant, UUID thing, int part) {
        return new LinkPayload(tenant.id(), tenant.isTest() ? Side.TEST : Side.LIVE, thing, part);
    }

    String text() {
        ByteBuffer payload = ByteBuffer.allocate(BYTES + (part == 0 ? 0 : 1));
        payload.put(side == Side.TEST ? TEST : LIVE);
        put(payload, tenant.uuid());
        put(payload, thing);
        if (part != 0) {
            payload.put((byte) part);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(payload.array());
    }

    static Optional<LinkPayload> read(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            Side side =
                    switch (bytes.get()) {
                        case LIVE -> Side.LIVE;
                        case TEST -> Side.TEST;
                        default -> throw new IllegalArgumentException("no side");
                    };
            TenantId tenant = new TenantId(uuid(bytes));
            UUID thing = uuid(bytes);
            int part = bytes.hasRemaining() ? Byte.toUnsignedInt(bytes.get()) : 0;
            return Optional.of(new LinkPayload(tenant, side, thing, part));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static void put(ByteBuffer to, UUID id) {
        to.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer from) {
        return new UUID(from.getLong(), from.getLong());
    }
}
