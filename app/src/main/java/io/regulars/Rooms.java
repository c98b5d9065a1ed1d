package io.regulars;

import com.codahale.metrics.MetricRegistry;
import io.regulars.edge.EdgeModule;
import io.regulars.edge.reports.OwnerLetters;
import io.regulars.engagement.EngagementModule;
import io.regulars.loyalty.LoyaltyModule;
import io.regulars.platform.db.Databases;
import io.regulars.platform.secrets.Signer;
import io.regulars.platform.time.Clock;
import io.regulars.platform.work.LaneWorkers;
import io.regulars.tenancy.PlansModule;
import io.regulars.tenancy.TenancyModule;
import io.regulars.tenancy.billing.BillingModule;
import java.net.URI;

/** What the house is made of, for whoever opens its doors and winds its clocks. */
record Rooms(
        Databases databases,
        Clock clock,
        MetricRegistry metrics,
        Signer signer,
        URI publicUrl,
        PostOffice postOffice,
        LaneWorkers workers,
        TenancyModule tenancy,
        PlansModule plans,
        BillingModule billing,
        LoyaltyModule loyalty,
        EngagementModule engagement,
        EdgeModule edge,
        OwnerLetters ownerLetters) {}
