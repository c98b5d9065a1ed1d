package io.regulars.tenancy.tenants;

import io.dropwizard.auth.Auth;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Returns;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.Caller;
import io.regulars.tenancy.audit.AuditDao;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** Begins the test side anew, its clock too. */
@Tag(name = "Shop")
@Path("/v1/test-data")
@Produces(MediaType.APPLICATION_JSON)
public final class TestDataResource {

    private final ControlDb control;
    private final Clock clock;
    private final TenantDirectory directory;

    public TestDataResource(ControlDb control, Clock clock, TenantDirectory directory) {
        this.control = control;
        this.clock = clock;
        this.directory = directory;
    }

    @DELETE
    @AllowedTo(Audience.ADMIN)
    @Returns(status = 204, value = Void.class)
    @Operation(
            summary = "Empty the test side",
            description =
                    "Members, purchases, mails, campaigns, the program draft and the test clock of the test side begin anew; live data stay as they are. Keys go on working. Other nodes follow within 5 seconds.")
    public void empty(@Auth Caller caller) {
        TenantId id = caller.tenant().id();
        control.run(handle -> {
            TenantDao tenants = new TenantDao(handle);
            Tenant tenant = tenants.lock(id).orElseThrow();
            tenants.releaseTest(tenant.id(), clock.now());
            new AuditDao(handle)
                    .note(id, "test_data.deleted", id.toString(), Map.of(), Map.of(), clock.now());
        });
        directory.forget(id);
    }
}
