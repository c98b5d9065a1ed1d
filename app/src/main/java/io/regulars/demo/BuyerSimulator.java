package io.regulars.demo;

import static io.regulars.demo.Wording.text;

import io.regulars.demo.Buyer.Consent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A café's past, simulated buyer by buyer rather than row by row: people with rhythms of their own
 * who come, stay or stay away. Pure: the same plan gives the same history, byte for byte.
 */
public final class BuyerSimulator {

    /**
     * What to simulate.
     *
     * @param today the first day that is not history any more; some members have their birthday on
     *     it
     * @param days how far the history reaches back
     */
    public record Plan(long seed, LocalDate today, ZoneId zone, int members, int days) {
        public Plan {
            if (members < 50 || days < 30) {
                throw new IllegalArgumentException(
                        "A history needs at least 50 members and 30 days");
            }
        }

        /** Eighteen months of a café with 600 members. */
        static Plan usual(LocalDate today, ZoneId zone) {
            return new Plan(20_260_214, today, zone, 600, 548);
        }
    }

    private static final List<String> CONSENT_SOURCES =
            List.of("till tablet", "join page", "paper form", "web shop");

    /** What must occur in every history, whatever chance brings. */
    private enum Cast {
        BIRTHDAY_TODAY,
        BIRTHDAY_TODAY_WITHOUT_CONSENT,
        BIRTHDAY_TODAY_WITHOUT_ADDRESS,
        LEAP_DAY,
        ANYONE
    }

    private record Visit(String member, Instant at, List<Order.Line> lines) {}

    private final Plan plan;
    private final List<Buyer> buyers = new ArrayList<>();
    private final List<Visit> visits = new ArrayList<>();

    private BuyerSimulator(Plan plan) {
        this.plan = plan;
    }

    public static History simulate(Plan plan) {
        BuyerSimulator simulator = new BuyerSimulator(plan);
        Draws root = Draws.seeded(plan.seed());
        for (int number = 1; number <= plan.members(); number++) {
            simulator.live(number, root.split());
        }
        return new History(List.copyOf(simulator.buyers), simulator.ordersAsTheTillNumbersThem());
    }

    private void live(int number, Draws draws) {
        People.Name name = People.name(draws);
        String id = text("KH-%06d", number);
        Rhythm rhythm = Rhythm.of(draws, draws.chance(name.foreign() ? 0.5 : 0.1));
        int first = visits.size();
        boolean gone = buy(id, rhythm, draws);
        // Two visits on the first day are drawn without order; the earlier one is where they
        // joined.
        Instant joined =
                Collections.min(
                        visits.subList(first, visits.size()).stream().map(Visit::at).toList());
        buyers.add(enrol(id, number, name, joined, gone, draws));
    }

    /**
     * All visits of one buyer; answers whether they left for good. More people join early than
     * late.
     */
    private boolean buy(String id, Rhythm rhythm, Draws draws) {
        LocalDate start = plan.today().minusDays(plan.days());
        double day = plan.days() * StrictMath.pow(draws.uniform(), 1.5) * 0.999;
        boolean comes = true;
        while (day < plan.days()) {
            LocalDate date = start.plusDays((long) day);
            if (comes) {
                Instant at =
                        date.atStartOfDay(plan.zone())
                                .plusSeconds(Rhythm.secondOfDay(draws, date))
                                .toInstant();
                visits.add(
                        new Visit(
                                id,
                                at,
                                Menu.basket(draws, rhythm.favourite(), rhythm.budget(draws))));
                if (rhythm.leavesForGood(draws)) {
                    return true;
                }
            }
            day += rhythm.wait(draws);
            comes = day < plan.days() && rhythm.comesOn(draws, start.plusDays((long) day));
        }
        return false;
    }

    private Buyer enrol(
            String id, int number, People.Name name, Instant joined, boolean gone, Draws draws) {
        Cast cast = cast(number);
        String email = People.email(draws, name.full(), number);
        boolean reachable =
                switch (cast) {
                    case BIRTHDAY_TODAY, BIRTHDAY_TODAY_WITHOUT_CONSENT -> true;
                    case BIRTHDAY_TODAY_WITHOUT_ADDRESS -> false;
                    case LEAP_DAY, ANYONE -> draws.chance(0.93);
                };
        return new Buyer(
                id,
                name.full(),
                reachable ? email : null,
                !reachable || draws.chance(0.85) ? People.phone(draws) : null,
                birth(cast, draws),
                name.foreign() || draws.chance(0.05) ? "en" : "vi",
                consent(cast, reachable, joined, draws),
                joined,
                gone);
    }

    private @Nullable Birth birth(Cast cast, Draws draws) {
        return switch (cast) {
            case ANYONE -> People.birth(draws, plan.today());
            case LEAP_DAY -> People.bornOn(draws, 2, 29, plan.today());
            case BIRTHDAY_TODAY, BIRTHDAY_TODAY_WITHOUT_CONSENT, BIRTHDAY_TODAY_WITHOUT_ADDRESS ->
                    People.bornOn(
                            draws,
                            plan.today().getMonthValue(),
                            plan.today().getDayOfMonth(),
                            plan.today());
        };
    }

    /** Yes with a source and a date, no with a source and a date, or never asked. */
    private static @Nullable Consent consent(
            Cast cast, boolean reachable, Instant joined, Draws draws) {
        String source = draws.oneOf(CONSENT_SOURCES);
        int answer = draws.weighted(reachable ? 82 : 30, 6, 12);
        return switch (cast) {
            case BIRTHDAY_TODAY, BIRTHDAY_TODAY_WITHOUT_ADDRESS ->
                    new Consent(true, source, joined);
            case BIRTHDAY_TODAY_WITHOUT_CONSENT -> null;
            case ANYONE, LEAP_DAY -> answer == 2 ? null : new Consent(answer == 0, source, joined);
        };
    }

    /** Spread evenly over the list; one in a hundred, but at least seven, has a birthday today. */
    private Cast cast(int number) {
        int every = plan.members() / Math.max(7, plan.members() / 100);
        if (number % every == 4) {
            return switch (number / every) {
                case 1 -> Cast.BIRTHDAY_TODAY_WITHOUT_CONSENT;
                case 2 -> Cast.BIRTHDAY_TODAY_WITHOUT_ADDRESS;
                default -> Cast.BIRTHDAY_TODAY;
            };
        }
        return number % Math.max(10, plan.members() / 5) == 6 ? Cast.LEAP_DAY : Cast.ANYONE;
    }

    private List<Order> ordersAsTheTillNumbersThem() {
        visits.sort(Comparator.comparing(Visit::at).thenComparing(Visit::member));
        List<Order> orders = new ArrayList<>(visits.size());
        for (Visit visit : visits) {
            String orderId = text("HD-%06d", orders.size() + 1);
            orders.add(new Order(orderId, visit.member(), visit.at(), visit.lines()));
        }
        return List.copyOf(orders);
    }
}
