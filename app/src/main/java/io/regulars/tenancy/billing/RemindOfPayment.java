package io.regulars.tenancy.billing;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.TellOwners;
import io.regulars.tenancy.accountmail.Notice;
import io.regulars.tenancy.accountmail.NoticeSource;
import io.regulars.tenancy.plans.Subscription;
import io.regulars.tenancy.plans.ToldOwnersDao;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reminds owners of a bill that could not be paid: after three days, a week, and before the end.
 */
final class RemindOfPayment {

    private static final int FIRST_DAYS = 3;
    private static final int SECOND_DAYS = 7;

    private final ControlDb control;
    private final Clock clock;
    private final TellOwners tellOwners;
    private final int graceDays;

    RemindOfPayment(ControlDb control, Clock clock, TellOwners tellOwners, int graceDays) {
        this.control = control;
        this.clock = clock;
        this.tellOwners = tellOwners;
        this.graceDays = graceDays;
    }

    void look() {
        new Customers(control)
                .forEach(one -> {
                    if (one.isPastDue()) {
                        remind(one);
                    }
                });
    }

    private void remind(Subscription subscription) {
        Instant since = subscription.pastDueSince();
        if (since == null) {
            return;
        }
        long days = Duration.between(since, clock.now()).toDays();
        Stream.of(FIRST_DAYS, SECOND_DAYS, graceDays - 1)
                .filter(day -> day <= days && days < graceDays)
                .max(Integer::compare)
                .ifPresent(day -> {
                    String what = "past due since " + since + ", day " + day;
                    boolean first =
                            control.inTransaction(handle ->
                                    new ToldOwnersDao(handle)
                                            .first(subscription.tenant(), what, clock.now()));
                    if (first) {
                        tellOwners.notice(
                                subscription.tenant(),
                                "payment_failed",
                                subscription.tenant().toString());
                    }
                });
    }

    /** All mails about money. */
    List<NoticeSource> notices(TenantDirectory directory, URI page) {
        return Stream.of("payment_failed", "trial_ending", "subscription_ended")
                .map(kind -> source(kind, directory, page))
                .toList();
    }

    private NoticeSource source(String kind, TenantDirectory directory, URI page) {
        return new NoticeSource() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public Optional<Notice> notice(String recipient, String about) {
                return TenantId.parse(about)
                        .flatMap(directory::tenant)
                        .map(tenant -> {
                            Map<String, String> values = new HashMap<>();
                            values.put("business_name", tenant.businessName());
                            values.put("grace_days", Integer.toString(graceDays));
                            return new Notice(tenant.locale(), values, page);
                        });
            }
        };
    }
}
