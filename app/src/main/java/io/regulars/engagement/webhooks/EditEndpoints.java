package io.regulars.engagement.webhooks;

import io.regulars.events.Audit;
import io.regulars.events.EventCatalogue;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.IfMatch;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.net.Targets;
import io.regulars.platform.secrets.Sealer;
import io.regulars.platform.time.Clock;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes, changes and removes webhook endpoints. */
final class EditEndpoints {

    static final int MOST = 20;

    private static final int LONGEST_URL = 500;
    private static final int HIGHEST_PORT = 65_535;
    private static final int LONGEST_DESCRIPTION = 200;
    private static final String OFF = "the endpoint was switched off";

    private final TenantDb tenants;
    private final Clock clock;
    private final Targets targets;
    private final Sealer sealer;

    EditEndpoints(TenantDb tenants, Clock clock, Targets targets, Sealer sealer) {
        this.tenants = tenants;
        this.clock = clock;
        this.targets = targets;
        this.sealer = sealer;
    }

    /**
     * What is to be said of an endpoint; null leaves it as it is, or as it is at first.
     *
     * @param enabled at first: true
     */
    record Change(
            @Nullable String url,
            @Nullable List<String> events,
            @Nullable String description,
            @Nullable Boolean enabled) {}

    /** An endpoint and the secret that is shown this once. */
    record WithSecret(Endpoint endpoint, String secret) {}

    /**
     * @throws Problem 422, 409 when there are too many
     */
    WithSecret create(TenantRef tenant, Change wanted) {
        EndpointId id = EndpointId.next();
        String secret = Signatures.newSecret();
        Endpoint.Config config =
                checked(changed(new Endpoint.Config("", List.of(), null, true), wanted));
        return tenants.inTransaction(
                tenant,
                tx -> {
                    EndpointDao dao = new EndpointDao(tx);
                    dao.lockList();
                    if (dao.all().size() >= MOST) {
                        throw Problem.of(
                                ProblemType.CONFLICT,
                                "There are " + MOST + " endpoints already; delete one first.");
                    }
                    dao.insert(
                            new Endpoint(
                                    id,
                                    config,
                                    new Endpoint.Secrets(
                                            sealer.seal(id.toString(), secret), null, null),
                                    Endpoint.Health.GOOD,
                                    1,
                                    tx.now(),
                                    tx.now()));
                    Audit.note(tx, "webhook_endpoint.created", id.toString(), null, config);
                    return new WithSecret(dao.find(id).orElseThrow(), secret);
                });
    }

    /** The newest first. */
    List<Endpoint> list(TenantRef tenant) {
        return tenants.inTransaction(tenant, tx -> new EndpointDao(tx).all()).reversed();
    }

    Endpoint get(TenantRef tenant, String id) {
        return tenants.inTransaction(
                tenant,
                tx ->
                        EndpointId.parse(id)
                                .flatMap(new EndpointDao(tx)::find)
                                .orElseThrow(EditEndpoints::notFound));
    }

    /** Changes an endpoint; one that is switched off gives up what it has not got yet. */
    Endpoint change(TenantRef tenant, String id, Change wanted, IfMatch ifMatch) {
        return tenants.inTransaction(
                tenant,
                tx -> {
                    EndpointDao dao = new EndpointDao(tx);
                    Endpoint before = locked(dao, id);
                    ifMatch.check(before.version(), "endpoint");
                    Endpoint.Config config = checked(changed(before.config(), wanted));
                    boolean switched = config.enabled() != before.config().enabled();
                    dao.change(
                            before.with(config, switched ? Endpoint.Health.GOOD : before.health()));
                    if (switched && !config.enabled()) {
                        new DeliveryDao(tx).cancelOpen(before.id(), OFF);
                    }
                    Audit.note(
                            tx,
                            "webhook_endpoint.changed",
                            before.id().toString(),
                            before.config(),
                            config);
                    return dao.find(before.id()).orElseThrow();
                });
    }

    /** Gives a new secret; the one before it goes on signing too, for a day. */
    WithSecret rotateSecret(TenantRef tenant, String id) {
        String secret = Signatures.newSecret();
        return tenants.inTransaction(
                tenant,
                tx -> {
                    EndpointDao dao = new EndpointDao(tx);
                    Endpoint before = locked(dao, id);
                    String sealed = sealer.seal(before.id().toString(), secret);
                    // Receivers live by the world's clock, those of a test side too.
                    dao.change(before.with(before.secrets().replacedBy(sealed, clock.now())));
                    Audit.note(
                            tx,
                            "webhook_endpoint.secret_rotated",
                            before.id().toString(),
                            null,
                            null);
                    return new WithSecret(dao.find(before.id()).orElseThrow(), secret);
                });
    }

    void delete(TenantRef tenant, String id) {
        tenants.run(
                tenant,
                tx -> {
                    EndpointDao dao = new EndpointDao(tx);
                    Endpoint endpoint = locked(dao, id);
                    new DeliveryDao(tx).cancelOpen(endpoint.id(), "the endpoint was deleted");
                    dao.delete(endpoint.id());
                    Audit.note(
                            tx,
                            "webhook_endpoint.deleted",
                            endpoint.id().toString(),
                            endpoint.config(),
                            null);
                });
    }

    private static Endpoint locked(EndpointDao dao, String id) {
        return EndpointId.parse(id).flatMap(dao::lock).orElseThrow(EditEndpoints::notFound);
    }

    private static Problem notFound() {
        return Problem.notFound("webhook endpoint");
    }

    private static Endpoint.Config changed(Endpoint.Config before, Change wanted) {
        return new Endpoint.Config(
                wanted.url() == null ? before.url() : wanted.url(),
                wanted.events() == null ? before.events() : wanted.events(),
                wanted.description() == null ? before.description() : wanted.description(),
                wanted.enabled() == null ? before.enabled() : wanted.enabled());
    }

    private Endpoint.Config checked(Endpoint.Config config) {
        List<FieldError> errors = new ArrayList<>();
        checkUrl(config.url()).ifPresent(errors::add);
        if (config.events().isEmpty()) {
            errors.add(
                    new FieldError("/events", "required", "Name event types, or \"*\" for all."));
        }
        for (int i = 0; i < config.events().size(); i++) {
            String type = config.events().get(i);
            if (!type.equals(Endpoint.ALL) && !EventCatalogue.types().contains(type)) {
                errors.add(
                        new FieldError(
                                "/events/" + i,
                                "unknown_event_type",
                                "There are no such events; docs/events.md lists them."));
            }
        }
        if (config.description() != null
                && (config.description().length() > LONGEST_DESCRIPTION
                        || config.description().indexOf('\0') >= 0)) {
            errors.add(
                    new FieldError(
                            "/description",
                            "invalid_text",
                            "Must have at most " + LONGEST_DESCRIPTION + " characters."));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return new Endpoint.Config(
                config.url(),
                config.events().stream().distinct().toList(),
                config.description(),
                config.enabled());
    }

    private Optional<FieldError> checkUrl(String text) {
        URI url = parsed(text);
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
        boolean plain = "http".equalsIgnoreCase(url.getScheme()) && targets.allowPrivate();
        if (text.length() > LONGEST_URL
                || !(secure || plain)
                || url.getHost() == null
                || url.getPort() == 0
                || url.getPort() > HIGHEST_PORT
                || url.getRawUserInfo() != null
                || url.getRawFragment() != null) {
            return Optional.of(
                    new FieldError(
                            "/url",
                            "invalid_url",
                            "Must be an https:// address of at most "
                                    + LONGEST_URL
                                    + " characters, without user name and fragment."));
        }
        return targets.isPlainlyForbidden(url.getHost())
                ? Optional.of(
                        new FieldError(
                                "/url",
                                "private_target",
                                "This host does not stand on the open internet."))
                : Optional.empty();
    }

    private static URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return URI.create("");
        }
    }
}
