package io.regulars;

import com.codahale.metrics.MetricRegistry;
import io.regulars.platform.db.DatabaseSettings;
import io.regulars.platform.time.Clock;
import io.regulars.testing.StripeStandIn;
import io.regulars.testing.TempFile;
import io.regulars.testing.TestClock;
import io.regulars.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A service that takes money by Stripe's stand-in, and a second house on its database, with a clock
 * that is ahead.
 */
final class LaterHouse implements AutoCloseable {

    private final StripeStandIn stripe = new StripeStandIn();
    private final ServiceUnderTest service;
    private final Settings settings;

    LaterHouse() throws Exception {
        Path plans =
                TempFile.yaml(
                        """
                        past_due_grace_days: 14
                        plans:
                          - key: free
                            name: Free
                            limits: {mails_per_month: 2}
                          - key: starter
                            name: Starter
                            price: regulars_starter_monthly
                            meter: regulars_mails
                            meter_price: regulars_mails_beyond
                            limits: {mails_per_month: 2}
                        """);
        Map<String, String> paid = new HashMap<>(stripe.environment());
        paid.put("PLANS_FILE", plans.toString());
        // What is to happen later is done by hand, and not by the service as well.
        paid.put("TICK", "1h");
        DatabaseSettings database = TestDatabase.create();
        service = ServiceUnderTest.start(database, paid);
        Map<String, String> environment =
                new HashMap<>(ServiceUnderTest.environment(database, ServiceUnderTest.freePort()));
        environment.putAll(paid);
        environment.put("DATA_DIR", ServiceUnderTest.temporaryDirectory().toString());
        settings = Maintenance.settings(environment::get);
    }

    ServiceUnderTest service() {
        return service;
    }

    StripeStandIn stripe() {
        return stripe;
    }

    /** Does something in a house whose clock is so much ahead. */
    void later(Duration ahead, Consumer<Rooms> work) {
        Clock clock = Clock.startingAt(Optional.of(TestClock.now().plus(ahead)));
        MetricRegistry metrics = new MetricRegistry();
        try (Storage storage = Storage.open(settings, clock, metrics)) {
            PostOffice office = new PostOffice(settings, clock);
            try {
                work.accept(new House(settings, storage, office, clock, metrics).rooms());
            } finally {
                office.stop();
            }
        }
    }

    String text(String query) {
        return TestDatabase.text(service.database(), query);
    }

    long number(String query) {
        return TestDatabase.number(service.database(), query);
    }

    void change(String sql) {
        TestDatabase.change(service.database(), sql);
    }

    @Override
    public void close() {
        service.close();
        stripe.close();
    }
}
