package io.regulars.engagement.webhooks;

import com.codahale.metrics.MetricRegistry;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.net.OutsideCalls;
import io.regulars.platform.net.Targets;
import io.regulars.platform.secrets.Sealer;
import io.regulars.platform.time.Clock;
import io.regulars.platform.work.LaneWork;
import io.regulars.platform.work.Lanes;
import io.regulars.tenancy.access.TellOwners;
import io.regulars.tenancy.accountmail.Letter;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.util.List;

/** Makes what tells the shops' own systems of events. */
public final class WebhooksModule {

    private final DeliverWebhooks deliverWebhooks;
    private final Letter letter;
    private final List<Object> endpoints;

    /** What the room takes from outside. */
    public record Outside(
            TenantDb tenants,
            TenantDirectory directory,
            TellOwners tellOwners,
            Clock clock,
            Lanes lanes,
            Way way,
            MetricRegistry metrics) {}

    /** How the outside is reached, and what is kept secret on the way. */
    public record Way(Targets targets, OutsideCalls calls, Sealer sealer) {}

    public WebhooksModule(Outside outside) {
        Way way = outside.way();
        this.deliverWebhooks =
                new DeliverWebhooks(
                        outside.tenants(),
                        outside.clock(),
                        way.sealer(),
                        way.calls(),
                        outside.tellOwners(),
                        outside.metrics());
        this.letter = new EndpointDisabledLetter(outside.tenants(), outside.directory());
        AskForDelivery ask = new AskForDelivery(outside.tenants(), outside.lanes());
        this.endpoints =
                List.of(
                        new EndpointResource(
                                new EditEndpoints(
                                        outside.tenants(),
                                        outside.clock(),
                                        way.targets(),
                                        way.sealer()),
                                ask),
                        new DeliveryResource(outside.tenants(), ask),
                        new EventResource(outside.tenants()));
    }

    public LaneWork deliverWebhooks() {
        return deliverWebhooks;
    }

    /** The mail about an endpoint that was switched off. */
    public Letter letter() {
        return letter;
    }

    public List<Object> endpoints() {
        return endpoints;
    }
}
