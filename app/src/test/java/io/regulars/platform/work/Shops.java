package io.regulars.platform.work;

import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.ids.TypeIds;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;

/** A registry in memory. */
final class Shops implements Sides {

    private final ConcurrentSkipListMap<UUID, TenantRef> shops = new ConcurrentSkipListMap<>();

    TenantRef open() {
        return open(Side.LIVE);
    }

    List<TenantRef> open(int count) {
        return IntStream.range(0, count).mapToObj(_ -> open()).toList();
    }

    TenantRef open(Side side) {
        TenantId id = TenantId.next();
        String schema = TypeIds.format("t", id.uuid());
        TenantRef shop = new TenantRef(id, side, schema, ZoneOffset.UTC, "VN", Locale.of("vi"));
        shops.put(id.uuid(), shop);
        return shop;
    }

    void close(TenantRef shop) {
        shops.remove(shop.id().uuid());
    }

    @Override
    public Optional<TenantRef> find(TenantId id, Side side) {
        return Optional.ofNullable(shops.get(id.uuid()));
    }

    @Override
    public List<TenantRef> after(Optional<TenantId> id, int limit) {
        var rest = id.isEmpty() ? shops : shops.tailMap(id.get().uuid(), false);
        return rest.values().stream().limit(limit).toList();
    }
}
