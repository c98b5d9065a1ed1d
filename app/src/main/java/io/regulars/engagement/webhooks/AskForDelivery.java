package io.regulars.engagement.webhooks;

import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.events.Published;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.work.Lanes;
import java.util.List;

/** Has something sent because a person asks for it. */
final class AskForDelivery {

    private final TenantDb tenants;
    private final Lanes lanes;

    AskForDelivery(TenantDb tenants, Lanes lanes) {
        this.tenants = tenants;
        this.lanes = lanes;
    }

    /**
     * Sends a {@code webhook.test} to this endpoint alone.
     *
     * @throws Problem 404, 409 for one that is switched off
     */
    Delivery test(TenantRef tenant, String id) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    Endpoint endpoint =
                            EndpointId.parse(id)
                                    .flatMap(new EndpointDao(tx)::lock)
                                    .orElseThrow(() -> Problem.notFound("webhook endpoint"));
                    Published event = Outbox.note(tx, new Event.WebhookTest(endpoint.uuid()));
                    return plan(tx, endpoint, event);
                });
    }

    /**
     * Sends the event of a delivery once more, under the same {@code webhook-id}. That is a
     * delivery of its own: what became of the first one stays on record.
     *
     * @throws Problem 404, 409 for one that is still on its way, and for an endpoint that is
     *     switched off or gone
     */
    Delivery resend(TenantRef tenant, String id) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    Delivery first =
                            DeliveryId.parse(id)
                                    .flatMap(new DeliveryDao(tx)::find)
                                    .orElseThrow(() -> Problem.notFound("webhook delivery"));
                    if (first.state().isOpen()) {
                        throw Problem.of(
                                ProblemType.CONFLICT, "This delivery is still on its way.");
                    }
                    Endpoint endpoint =
                            new EndpointDao(tx)
                                    .lock(first.endpoint())
                                    .orElseThrow(() ->
                                            Problem.of(
                                                    ProblemType.CONFLICT,
                                                    "The endpoint has been deleted."));
                    Published event =
                            Outbox.find(tx, List.of(first.event())).stream()
                                    .findFirst()
                                    .orElseThrow(() ->
                                            Problem.of(
                                                    ProblemType.CONFLICT,
                                                    "The event is not kept any more."));
                    return plan(tx, endpoint, event);
                });
    }

    private Delivery plan(TenantTx tx, Endpoint endpoint, Published event) {
        if (!endpoint.config().enabled()) {
            throw Problem.of(
                    ProblemType.CONFLICT,
                    "The endpoint is switched off; set enabled to true first.");
        }
        tx.afterCommit(() -> lanes.note(DeliverWebhooks.QUEUE, tx.tenant()));
        return new DeliveryDao(tx).insertAtOnce(endpoint.id(), event);
    }
}
