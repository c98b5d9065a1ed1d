package io.regulars.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.regulars.platform.db.TenantRef;
import io.regulars.tenancy.plans.Plan;
import io.regulars.tenancy.plans.Plans;
import io.regulars.tenancy.plans.Usage;
import io.regulars.testing.TestClock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WarningsTest {

    private static final AtomicLong MEMBERS = new AtomicLong();

    @Test
    void ownersAreToldOnceAtFourFifthsAndOnceAtTheEnd() throws Exception {
        Plans plans =
                new Plans(
                        14,
                        List.of(
                                new Plan(
                                        "free",
                                        "Free",
                                        null,
                                        null,
                                        null,
                                        null,
                                        new Plan.Limits(100L, 100L, null, null))));
        try (TenancyService service =
                TenancyService.start(new TenancyModule.Terms(plans, true, 0, 0))) {
            TenancyService.Shop shop = service.shop("owner@warned.example");
            PlansModule module =
                    new PlansModule(
                            service.module,
                            service.databases.control(),
                            TestClock.CLOCK,
                            new Usage.Counts() {
                                @Override
                                public long members(TenantRef side) {
                                    return MEMBERS.get();
                                }

                                @Override
                                public long mails(TenantRef side, Instant from, Instant before) {
                                    return 0;
                                }
                            });
            MEMBERS.set(79);
            module.warn();
            MEMBERS.set(80);
            module.warn();
            module.warn();
            await().until(() -> service.mails(shop.email()) == 2);
            assertThat(service.text(shop.email())).contains("80").contains("100");
            MEMBERS.set(100);
            module.warn();
            module.warn();
            await().until(() -> service.mails(shop.email()) == 3);
            assertThat(
                            service.count(
                                    "select count(*) from control.account_mail where template = 'account_notice'"))
                    .isEqualTo(2);
        }
    }
}
