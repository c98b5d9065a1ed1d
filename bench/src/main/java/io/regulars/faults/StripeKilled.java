package io.regulars.faults;

import io.regulars.bench.lab.Client;
import io.regulars.bench.lab.Lab;
import io.regulars.bench.lab.Node;
import io.regulars.bench.lab.Postgres;
import io.regulars.bench.lab.Shop;
import io.regulars.faults.Finding.Check;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code kill -9} of the service at each step on the way of what Stripe tells it. */
final class StripeKilled implements Fault {

    private static final Pattern STORED = Pattern.compile("insert into control\\.stripe_event");
    private static final Pattern WRITTEN =
            Pattern.compile("update control\\.subscription\\s+set subscription");
    private static final Pattern DONE =
            Pattern.compile("update control\\.stripe_event set done_at");

    private static final Duration SPRINGS_WITHIN = Duration.ofSeconds(40);
    private static final Duration RIGHT_WITHIN = Duration.ofSeconds(30);
    private static final String CREATED = "customer.subscription.created";

    /**
     * Where it is killed.
     *
     * @param trap null: while Stripe is being asked
     * @param kept whether the event must be there afterwards without being told again
     * @param ends whether the event tells of the end of a subscription, and not of its beginning
     */
    private record Step(String name, @Nullable Tripwire trap, boolean kept, boolean ends) {

        String status() {
            return ends ? "canceled" : "active";
        }

        String plan() {
            return ends ? "free" : "starter";
        }

        /** How often the subscription has changed, by the audit log. */
        long changes() {
            return ends ? 2 : 1;
        }
    }

    private static List<Step> steps() {
        return List.of(
                new Step("about to be stored", Tripwire.statement(STORED), false, false),
                new Step("stored, not committed", Tripwire.commit(STORED), false, false),
                new Step(
                        "stored and committed, not answered",
                        Tripwire.committed(STORED),
                        true,
                        false),
                new Step(
                        "the same, of a subscription that ended",
                        Tripwire.committed(STORED),
                        true,
                        true),
                new Step("Stripe is being asked", null, true, false),
                new Step(
                        "Stripe has answered, nothing written",
                        Tripwire.statement(WRITTEN),
                        true,
                        false),
                new Step("written, not committed", Tripwire.commit(WRITTEN), true, false),
                new Step(
                        "written and committed, the event not marked as done",
                        Tripwire.committed(WRITTEN),
                        true,
                        false),
                new Step("marked as done, not committed", Tripwire.commit(DONE), true, false));
    }

    @Override
    public String name() {
        return "stripe-killed";
    }

    @Override
    public Finding run(Lab lab) throws Exception {
        StripeSink stripe = lab.mine(new StripeSink());
        Postgres database = lab.postgres();
        Wire wire = lab.mine(new Wire(database::port));
        Office office = new Office(lab, database, wire, stripe);
        List<Check> checks = new ArrayList<>();
        for (Step step : steps()) {
            lab.say("killing: " + step.name());
            checks.add(office.check(step));
        }
        return new Finding(
                "`kill -9` on the way of an event of Stripe",
                """
                One node, and a stand-in that speaks as Stripe does. For each step a shop of its own goes to the checkout; Stripe then tells
                that its subscription began (once: that it ended), and a proxy before the database, which reads the statements that pass, or
                the stand-in kills the node exactly at that step. The node is started again; then Stripe tells it once more, as it does
                until it is answered, and after that of something older. Must hold: an event that was committed is followed without being
                told again, one that was not is not half there, and in the end the shop has its plan's limits, the event is there once and
                done, and the audit log has the change once.
                """,
                checks,
                List.of());
    }

    /** The node, and all who speak to it. */
    private static final class Office {

        private final Lab lab;
        private final Postgres database;
        private final Wire wire;
        private final StripeSink stripe;
        private Node node;
        private int events;

        Office(Lab lab, Postgres database, Wire wire, StripeSink stripe) throws IOException {
            this.lab = lab;
            this.database = database;
            this.wire = wire;
            this.stripe = stripe;
            this.node = started();
        }

        private Node started() throws IOException {
            return lab.node(
                    database,
                    Map.of(
                            "DATABASE_URL",
                            wire.url(database.owner()),
                            "DATABASE_APP_URL",
                            wire.url(database.app()),
                            "STRIPE_SECRET_KEY",
                            "sk_test_faults",
                            "STRIPE_WEBHOOK_SECRET",
                            StripeSink.SECRET,
                            "STRIPE_API_BASE",
                            stripe.base(),
                            "RATE_LIMIT_ADDRESS",
                            "0"),
                    List.of("-Xmx256m"));
        }

        Check check(Step step) throws Exception {
            Shop shop = customer();
            String customer = stripe.lastCustomer();
            String before = "evt_before_" + ++events;
            if (step.ends()) {
                stripe.has(customer, "active");
                stripe.tell(node.base(), before, CREATED, customer);
                if (!Town.await(RIGHT_WITHIN, () -> has(shop, "starter"))) {
                    return new Check(step.name(), false, "the subscription did not begin");
                }
            }
            stripe.has(customer, step.status());
            String event = "evt_" + ++events;
            AtomicLong killed = new AtomicLong();
            Runnable kill = () -> kill(killed);
            if (step.trap() == null) {
                stripe.whenAsked(kill);
            } else {
                wire.listen(step.trap().at(kill));
            }
            int answer = stripe.tell(node.base(), event, type(step), customer);
            boolean sprung = Town.await(SPRINGS_WITHIN, () -> killed.get() != 0);
            wire.listenNoMore();
            stripe.whenAsked(() -> {});
            if (!sprung) {
                return new Check(step.name(), false, "nobody came by there");
            }
            node = started();
            return afterwards(step, shop, new Told(customer, event, before, answer));
        }

        /**
         * What Stripe has told.
         *
         * @param before an older event, perhaps never told
         * @param answer to the event, at the moment of the kill
         */
        private record Told(String customer, String event, String before, int answer) {}

        private Check afterwards(Step step, Shop shop, Told told) throws Exception {
            long start = System.nanoTime();
            boolean byItself =
                    step.kept() && Town.await(RIGHT_WITHIN, () -> settled(step, shop, told));
            long took = System.nanoTime() - start;
            boolean untouched = step.kept() || (count(event(told)) == 0 && has(shop, "free"));
            boolean taken =
                    stripe.tell(node.base(), told.event(), type(step), told.customer()) == 200
                            && stripe.tell(node.base(), told.before(), CREATED, told.customer())
                                    == 200;
            boolean right =
                    Town.await(RIGHT_WITHIN, () -> settled(step, shop, told) && open() == 0);
            long changes =
                    count(
                            "control.audit_entry where action = 'subscription.changed' and tenant_id = '"
                                    + shop.uuid()
                                    + "'");
            return new Check(
                    step.name(),
                    byItself == step.kept()
                            && untouched
                            && taken
                            && right
                            && changes == step.changes(),
                    Words.of(
                            "%s; %s; told again: %s, %s; the change is %d times in the audit log",
                            told.answer() == 0
                                    ? "Stripe got no answer"
                                    : "Stripe got " + told.answer(),
                            step.kept()
                                    ? byItself
                                            ? "right by itself "
                                                    + InTraffic.seconds(took)
                                                    + " after the start"
                                            : "**not right by itself**"
                                    : untouched
                                            ? "nothing of it was there"
                                            : "**half of it was there**",
                            taken ? "taken" : "**refused**",
                            right ? "right" : "**wrong**",
                            step.ends() ? changes - 1 : changes));
        }

        private static String type(Step step) {
            return step.ends() ? "customer.subscription.deleted" : CREATED;
        }

        private Shop customer() throws IOException {
            try (Client client = node.client()) {
                Shop shop = Shop.signUp(client, Map.of());
                new Api(shop.key())
                        .post(
                                node.base(),
                                "/v1/billing/checkout-sessions",
                                Map.of("plan", "starter"))
                        .expect(201);
                return shop;
            }
        }

        private void kill(AtomicLong at) {
            if (at.compareAndSet(0, System.nanoTime())) {
                try {
                    node.kill();
                } catch (IOException e) {
                    lab.say("not killed: " + e);
                }
            }
        }

        /** Whether the shop has the plan's limits, and the event is done with. */
        private boolean settled(Step step, Shop shop, Told told) {
            return has(shop, step.plan()) && count(event(told) + " and done_at is not null") == 1;
        }

        private boolean has(Shop shop, String plan) {
            try {
                var usage = new Api(shop.key()).get(node.base(), "/v1/tenant/usage").json();
                return usage.path("plan").asText().equals(plan)
                        && usage.at("/members/limit").asLong()
                                == (plan.equals("starter") ? 5_000 : 500);
            } catch (IOException e) {
                return false;
            }
        }

        private static String event(Told told) {
            return "control.stripe_event where id = '" + told.event() + "'";
        }

        private long open() {
            return count("control.stripe_event where done_at is null");
        }

        /** −1 if nobody can tell. */
        private long count(String what) {
            try {
                return Long.parseLong(database.ask("select count(*) from " + what));
            } catch (Exception e) {
                return -1;
            }
        }
    }
}
