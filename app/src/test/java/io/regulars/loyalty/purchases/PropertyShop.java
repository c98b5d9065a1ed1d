package io.regulars.loyalty.purchases;

import io.regulars.loyalty.adjustments.AdjustmentDoor;
import io.regulars.loyalty.ledger.Account;
import io.regulars.loyalty.ledger.Accounts;
import io.regulars.loyalty.ledger.Balances;
import io.regulars.loyalty.ledger.LedgerHistory;
import io.regulars.loyalty.ledger.PointsView;
import io.regulars.loyalty.members.EnrolMembers;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.members.NewZones;
import io.regulars.loyalty.members.Profile;
import io.regulars.loyalty.nightly.CheckShop;
import io.regulars.loyalty.nightly.NightlyWork;
import io.regulars.loyalty.presets.Presets;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.publishing.FirstProgram;
import io.regulars.loyalty.rewards.RedemptionDoor;
import io.regulars.platform.db.Databases;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.work.LaneWork;
import io.regulars.testing.TestClock;
import io.regulars.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The test side of a shop of its own, with some members, a clock and no HTTP. */
final class PropertyShop {

    private static final Instant START = Instant.parse("2027-11-20T03:00:00Z");
    private static final Databases DATABASES = TestDatabase.open(TestClock.CLOCK);
    private static final int MOST_SLICES = 1_000;

    final TenantRef side;
    final BookPurchase purchases;
    final RedemptionDoor redemptions;
    final AdjustmentDoor adjustments;
    final List<MemberId> members;
    private final TenantDb tenants = DATABASES.tenants();
    private final RefundPurchase refunds;
    private final CheckShop check;
    private final List<LaneWork> works;
    private Instant now = START;

    PropertyShop(Program program, int members) {
        Programs programs = new Programs();
        side = side();
        tenants.run(
                side,
                tx ->
                        tx.update(
                                        """
                                        insert into <t>.setting (key, value, version, updated_at)
                                        values ('test_clock', :now::jsonb, 1, :at)
                                        """)
                                .bind("now", Json.write(START))
                                .bind("at", START)
                                .execute());
        new FirstProgram(tenants, new Presets()).publish(side, program, "test");
        EnrolMembers enrol = new EnrolMembers(programs, new NewZones(zone -> {}), List.of());
        this.members =
                tenants.inTransaction(
                        side,
                        tx ->
                                enrol
                                        .enrol(
                                                tx,
                                                Stream.iterate(1, n -> n + 1)
                                                        .limit(members)
                                                        .map(n ->
                                                                EnrolMembers.Enrolment.imported(
                                                                        Profile.ofExternalId(
                                                                                "m" + n, START),
                                                                        List.of()))
                                                        .toList(),
                                                "test")
                                        .stream()
                                        .map(member -> Objects.requireNonNull(member).id())
                                        .toList());
        RecordPurchases record = new RecordPurchases(programs);
        purchases = new BookPurchase(tenants, programs, record, new PurchaseViews(programs));
        refunds = new RefundPurchase(programs);
        redemptions = new RedemptionDoor(tenants, programs);
        adjustments = new AdjustmentDoor(tenants, programs);
        check = new CheckShop(tenants, programs);
        // One member at a time: with two of them every step goes on where it stopped.
        works = List.of(new NightlyWork(tenants, programs, 1), redemptions.holds());
        // Tiers are not checked before the first night has seen the program.
        advance(Duration.ofDays(1));
    }

    private static TenantRef side() {
        DATABASES.schemas().makeSpares(1);
        String schema =
                DATABASES
                        .control()
                        .inTransaction(h -> DATABASES.schemas().claim(h, START).orElseThrow());
        return new TenantRef(
                TenantId.next(),
                Side.TEST,
                schema,
                ZoneId.of("Asia/Ho_Chi_Minh"),
                "VN",
                Locale.of("en"));
    }

    Instant now() {
        return now;
    }

    RefundPurchase.Refunded refund(PurchaseId purchase, NewRefund refund) {
        return tenants.inTransaction(
                side, tx -> refunds.refund(tx, purchase, refund, RefundPurchase.Events.EACH));
    }

    PurchaseState state(PurchaseId purchase) {
        return tenants.inTransaction(
                side,
                tx -> {
                    PurchaseDao dao = new PurchaseDao(tx);
                    return dao.state(dao.find(purchase).orElseThrow());
                });
    }

    /** Moves the clock on, from one thing that is due to the next. */
    void advance(Duration by) {
        Instant to = now.plus(by);
        Optional<Instant> next = drain();
        while (next.isPresent() && next.get().isAfter(now) && !next.get().isAfter(to)) {
            move(next.get());
            next = drain();
        }
        move(to);
        drain();
    }

    private void move(Instant moment) {
        now = moment;
        tenants.run(
                side,
                tx ->
                        tx.update(
                                        "update <t>.setting set value = :now::jsonb where key = 'test_clock'")
                                .bind("now", Json.write(moment))
                                .execute());
    }

    /** Does what is due; answers when there will be more. */
    private Optional<Instant> drain() {
        for (LaneWork work : works) {
            Optional<Instant> next = work.serve(side);
            for (int i = 0; next.filter(at -> !at.isAfter(now)).isPresent(); i++) {
                if (i == MOST_SLICES) {
                    throw new AssertionError(work.queue() + " finds no end at " + now);
                }
                next = work.serve(side);
            }
        }
        return works.stream().flatMap(work -> work.nextDue(side).stream()).min(Instant::compareTo);
    }

    List<CheckShop.Finding> findings() {
        return check.findings(side);
    }

    /** Where a member stands. */
    record Standing(
            PointsView points,
            Map<String, Long> carry,
            Map<String, Long> stamps,
            @Nullable String tier,
            @Nullable Instant tierEndsAt) {}

    Standing standing(MemberId member) {
        return tenants.inTransaction(side, tx -> standing(tx, member));
    }

    private static Standing standing(TenantTx tx, MemberId member) {
        Account account = Accounts.find(tx, member.uuid()).orElseThrow();
        return new Standing(
                Balances.of(tx, member.uuid()),
                account.carry(),
                account.stamps(),
                account.tier(),
                account.tierEndsAt());
    }

    /** All that a request might have changed. */
    record Everything(
            List<Standing> members, Map<String, Long> ledger, long events, String vouchers) {}

    Everything everything() {
        return tenants.inTransaction(
                side,
                tx ->
                        new Everything(
                                members.stream().map(one -> standing(tx, one)).toList(),
                                LedgerHistory.totals(tx),
                                tx.query("select count(*) from <t>.event").mapTo(long.class).one(),
                                tx.query(
                                                """
                                                select coalesce(string_agg(id || ' ' || state, ',' order by id), '')
                                                  from <t>.voucher
                                                """)
                                        .mapTo(String.class)
                                        .one()));
    }
}
