package io.regulars.loyalty.members;

import io.regulars.loyalty.members.DuplicateDao.Pair;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Cursor;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds members who may be one person, newest first, within the caller's transaction. One page
 * looks through a limited number of members, so that it takes no longer in a large shop; where
 * nobody is alike it may come empty and with a cursor.
 */
final class FindDuplicates {

    private static final int STRETCH = 5_000;
    private static final int STRETCHES = 10;

    private FindDuplicates() {}

    /** Two who may be one, the newer one first, and what makes them alike. */
    record Alike(List<Member> members, List<String> reasons) {}

    static Page<Alike> page(TenantTx tx, PageRequest page) {
        Place place = Place.of(page.after());
        DuplicateDao dao = new DuplicateDao(tx);
        List<Pair> pairs = new ArrayList<>();
        String next = null;
        for (int i = 0; i < STRETCHES && pairs.size() < page.fetch(); i++) {
            Optional<UUID> floor = dao.floor(place.from(), STRETCH);
            pairs.addAll(
                    dao.pairs(
                            place.from(),
                            place.behind(),
                            floor.orElse(null),
                            page.fetch() - pairs.size()));
            if (floor.isEmpty()) {
                next = null;
                break;
            }
            // The floor itself is looked through; nothing is below it in its own stretch.
            place = new Place(floor.get(), LOWEST);
            next = place.toString();
        }
        if (pairs.size() > page.limit()) {
            pairs = new ArrayList<>(pairs.subList(0, page.limit()));
            next = new Place(pairs.getLast().newer(), pairs.getLast().older()).toString();
        }
        return new Page<>(alike(tx, pairs), next == null ? null : new Cursor(next).toString());
    }

    /** No member is older. */
    private static final UUID LOWEST = new UUID(0, 0);

    /**
     * Where a page ends.
     *
     * @param from the newer member at which to go on
     * @param behind of its pairs, those with a member older than this are still to come
     */
    private record Place(@Nullable UUID from, @Nullable UUID behind) {

        static Place of(Optional<Cursor> cursor) {
            if (cursor.isEmpty()) {
                return new Place(null, null);
            }
            String position = cursor.get().position();
            int colon = position.indexOf(':');
            if (colon < 0) {
                throw Cursor.refused();
            }
            return new Place(
                    Positions.id(Optional.of(new Cursor(position.substring(0, colon)))),
                    Positions.id(Optional.of(new Cursor(position.substring(colon + 1)))));
        }

        @Override
        public String toString() {
            return from + ":" + behind;
        }
    }

    private static List<Alike> alike(TenantTx tx, List<Pair> pairs) {
        Map<UUID, Member> members =
                MemberDirectory.all(
                                tx,
                                pairs.stream()
                                        .flatMap(p -> Stream.of(p.newer(), p.older()))
                                        .distinct()
                                        .map(MemberId::new)
                                        .toList())
                        .stream()
                        .collect(Collectors.toMap(m -> m.id().uuid(), m -> m));
        return pairs.stream()
                .map(pair -> {
                    Member newer = Objects.requireNonNull(members.get(pair.newer()));
                    Member older = Objects.requireNonNull(members.get(pair.older()));
                    return new Alike(List.of(newer, older), reasons(newer, older));
                })
                .toList();
    }

    private static List<String> reasons(Member one, Member other) {
        List<String> reasons = new ArrayList<>();
        if (one.phone() != null && one.phone().equals(other.phone())) {
            reasons.add("phone");
        }
        String mailbox = MemberDao.emailKey(one);
        if (mailbox != null && mailbox.equals(MemberDao.emailKey(other))) {
            reasons.add("email");
        }
        String name = NameKey.of(one);
        if (name != null
                && name.equals(NameKey.of(other))
                && one.birthDate() != null
                && one.birthDate().equals(other.birthDate())) {
            reasons.add("name_and_birth_date");
        }
        return List.copyOf(reasons);
    }
}
