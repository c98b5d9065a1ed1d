package io.regulars.bench.year;

import io.regulars.demo.Buyer;
import io.regulars.demo.BuyerSimulator;
import io.regulars.demo.History;
import io.regulars.demo.Order;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shops in twelve time zones with their buyers, as the demo's simulator has them live. */
final class Neighbourhood {

    /** Half an hour, three quarters, half an hour of summer time, the first to see a new day. */
    private static final List<Place> PLACES =
            List.of(
                    new Place("Asia/Ho_Chi_Minh", "VN", "VND"),
                    new Place("Europe/Berlin", "DE", "EUR"),
                    new Place("America/New_York", "US", "USD"),
                    new Place("Pacific/Auckland", "NZ", "NZD"),
                    new Place("Asia/Kathmandu", "NP", "NPR"),
                    new Place("America/St_Johns", "CA", "CAD"),
                    new Place("Europe/London", "GB", "GBP"),
                    new Place("Australia/Lord_Howe", "AU", "AUD"),
                    new Place("America/Los_Angeles", "US", "USD"),
                    new Place("Pacific/Kiritimati", "KI", "AUD"),
                    new Place("Africa/Casablanca", "MA", "MAD"),
                    new Place("Asia/Kolkata", "IN", "INR"));

    /** In so many shops some members live elsewhere: every campaign then has two hours a day. */
    private static final int WITH_TRAVELLERS = 4;

    /** The simulator's least. */
    private static final int FEWEST = 50;

    private static final int DAYS_BEFORE = 180;
    private static final long SEED = 20_270_701;

    private Neighbourhood() {}

    /** Where a shop is. */
    record Place(String zone, String country, String currency) {

        ZoneId zoneId() {
            return ZoneId.of(zone);
        }
    }

    /**
     * A shop's buyers and what they will have bought.
     *
     * @param zones of those members who live in another zone than the shop, by external id
     */
    record Plan(
            String name,
            Place place,
            List<Buyer> buyers,
            Map<String, String> zones,
            Map<String, List<Order>> orders) {}

    static int zones() {
        return PLACES.size();
    }

    /**
     * @param each so many members a shop, if the shops of a zone have enough of them together
     */
    static List<Plan> of(int shops, int each, Instant end, int days) {
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < PLACES.size(); i++) {
            int here = shops / PLACES.size() + (i < shops % PLACES.size() ? 1 : 0);
            if (here > 0) {
                plans.addAll(dealt(i, here, history(i, here * each, end, days)));
            }
        }
        return plans;
    }

    private static History history(int place, int members, Instant end, int days) {
        ZoneId zone = PLACES.get(place).zoneId();
        LocalDate last = LocalDate.ofInstant(end, zone);
        return BuyerSimulator.simulate(
                new BuyerSimulator.Plan(
                        SEED + place, last, zone, Math.max(FEWEST, members), days + DAYS_BEFORE));
    }

    private static List<Plan> dealt(int place, int shops, History history) {
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < shops; i++) {
            plans.add(
                    new Plan(
                            "z" + place + "s" + i,
                            PLACES.get(place),
                            new ArrayList<>(),
                            new HashMap<>(),
                            new HashMap<>()));
        }
        Map<String, Plan> homes = new HashMap<>();
        for (int i = 0; i < history.buyers().size(); i++) {
            Buyer buyer = history.buyers().get(i);
            Plan plan = plans.get(i % shops);
            if (i % shops % WITH_TRAVELLERS == 0 && plan.buyers().size() % 5 == 4) {
                Place elsewhere = PLACES.get((place + 1 + i % shops) % PLACES.size());
                plan.zones().put(buyer.externalId(), elsewhere.zone());
            }
            plan.buyers().add(buyer);
            homes.put(buyer.externalId(), plan);
        }
        for (Order order : history.orders()) {
            Plan home = homes.get(order.memberExternalId());
            if (home == null) {
                throw new IllegalStateException("nobody placed " + order.orderId());
            }
            home.orders()
                    .computeIfAbsent(order.memberExternalId(), _ -> new ArrayList<>())
                    .add(order);
        }
        return plans;
    }

    /** When the shop hears of what happens at this moment, by its till's rounds. */
    static Instant heard(Instant at, Instant start, Duration round) {
        if (!at.isAfter(start)) {
            return start;
        }
        long rounds = Math.ceilDiv(ChronoUnit.NANOS.between(start, at), round.toNanos());
        return start.plus(round.multipliedBy(rounds));
    }
}
