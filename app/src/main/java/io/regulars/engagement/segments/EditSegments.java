package io.regulars.engagement.segments;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.IfMatch;
import io.regulars.platform.http.Page;
import io.regulars.platform.http.PageRequest;
import io.regulars.platform.http.Positions;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes segments, changes them, and tries filters out. */
public final class EditSegments {

    private static final int LONGEST_NAME = 200;
    private static final int MOST_SEGMENTS = 1_000;
    private static final int SAMPLES = 10;

    private final TenantDb tenants;
    private final Segments segments;

    public EditSegments(TenantDb tenants, Segments segments) {
        this.tenants = tenants;
        this.segments = segments;
    }

    /** How many fit, and some of them. */
    record Preview(long count, List<Member> sample) {}

    /**
     * @throws Problem 422 that names every mistake, or {@code too_slow}
     */
    Preview preview(TenantRef tenant, JsonNode filter, String pointer) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    Compiler.Compiled compiled = segments.compile(tx, filter, pointer);
                    if (!compiled.errors().isEmpty()) {
                        throw Problem.invalid(compiled.errors());
                    }
                    return tx.within(Segments.PATIENCE, () -> preview(tx, compiled.predicate()));
                });
    }

    private static Preview preview(TenantTx tx, Predicate predicate) {
        SegmentDao dao = new SegmentDao(tx);
        List<MemberId> newest = dao.newest(predicate, SAMPLES);
        List<Member> members = new ArrayList<>(MemberDirectory.all(tx, newest));
        members.sort(Comparator.comparingInt(member -> newest.indexOf(member.id())));
        return new Preview(dao.count(predicate), members);
    }

    Segment create(TenantRef tenant, String name, JsonNode filter) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    check(tx, name, filter);
                    SegmentDao dao = new SegmentDao(tx);
                    if (dao.count() >= MOST_SEGMENTS) {
                        throw Problem.of(
                                ProblemType.CONFLICT,
                                "There are " + MOST_SEGMENTS + " segments; delete one first.");
                    }
                    Segment segment =
                            new Segment(SegmentId.next(), name, filter, 1, tx.now(), tx.now());
                    dao.insert(segment);
                    return segment;
                });
    }

    Segment get(TenantRef tenant, String id) {
        return tenants.inTransaction(tenant, tx -> find(id, new SegmentDao(tx)::find));
    }

    Page<Segment> list(TenantRef tenant, PageRequest page) {
        return tenants.inTransaction(
                tenant,
                tx ->
                        page.page(
                                new SegmentDao(tx).page(Positions.id(page.after()), page.fetch()),
                                segment -> segment.id().uuid().toString(),
                                Function.identity()));
    }

    /** Changes a segment; campaigns that go to it go to who is in it from now on. */
    Segment change(
            TenantRef tenant,
            String id,
            @Nullable String name,
            @Nullable JsonNode filter,
            IfMatch ifMatch) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    SegmentDao dao = new SegmentDao(tx);
                    Segment before = find(id, dao::findLocked);
                    ifMatch.check(before.version(), "segment");
                    String newName = Objects.requireNonNullElse(name, before.name());
                    JsonNode newFilter = Objects.requireNonNullElse(filter, before.filter());
                    check(tx, newName, newFilter);
                    dao.update(before.id(), newName, newFilter);
                    return dao.find(before.id()).orElseThrow();
                });
    }

    /**
     * @throws Problem 409 while a campaign goes to it
     */
    void delete(TenantRef tenant, String id) {
        tenants.run(
                tenant,
                tx -> {
                    SegmentDao dao = new SegmentDao(tx);
                    Segment segment = find(id, dao::findLocked);
                    List<String> campaigns = dao.campaigns(segment.id());
                    if (!campaigns.isEmpty()) {
                        throw Problem.of(
                                ProblemType.CONFLICT,
                                "Campaigns go to this segment: "
                                        + String.join(", ", campaigns)
                                        + ". Cancel them, or give them another audience.");
                    }
                    dao.delete(segment.id());
                });
    }

    private void check(TenantTx tx, String name, JsonNode filter) {
        List<FieldError> errors = new ArrayList<>();
        if (name.isBlank() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            errors.add(
                    new FieldError(
                            "/name",
                            "invalid_text",
                            "Must have 1 to " + LONGEST_NAME + " characters."));
        }
        errors.addAll(segments.errors(tx, filter, "/filter"));
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private static Segment find(String id, Function<SegmentId, Optional<Segment>> find) {
        return SegmentId.parse(id).flatMap(find).orElseThrow(() -> Problem.notFound("segment"));
    }
}
