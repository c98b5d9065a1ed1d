package io.regulars.tenancy.tenants;

import io.dropwizard.auth.Auth;
import io.regulars.platform.db.ControlDb;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.LiveOnly;
import io.regulars.platform.http.Returns;
import io.regulars.platform.http.SpansTransactions;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.Caller;
import io.regulars.tenancy.audit.AuditDao;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.function.Consumer;

/** The shop's emergency switch for all its mail. Turning it twice is turning it once. */
@Tag(name = "Shop")
@Path("/v1/sending")
@Produces(MediaType.APPLICATION_JSON)
public final class SendingResource {

    private final ControlDb control;
    private final Clock clock;
    private final TenantDirectory directory;
    private final Consumer<TenantId> onResume;

    /**
     * @param onResume lets go what was held back meanwhile
     */
    public SendingResource(
            ControlDb control,
            Clock clock,
            TenantDirectory directory,
            Consumer<TenantId> onResume) {
        this.control = control;
        this.clock = clock;
        this.directory = directory;
        this.onResume = onResume;
    }

    public record SendingState(boolean sendingStopped) {}

    @POST
    @Path("/stop")
    @SpansTransactions
    @AllowedTo(Audience.MARKETING)
    @LiveOnly
    @Returns(SendingState.class)
    @Operation(summary = "Stop all mail of the shop")
    public SendingState stop(@Auth Caller caller) {
        return turn(caller.tenant().id(), true);
    }

    @POST
    @Path("/resume")
    @SpansTransactions
    @AllowedTo(Audience.MARKETING)
    @LiveOnly
    @Returns(SendingState.class)
    @Operation(summary = "Let the mail of the shop go on")
    public SendingState resume(@Auth Caller caller) {
        SendingState state = turn(caller.tenant().id(), false);
        onResume.accept(caller.tenant().id());
        return state;
    }

    private SendingState turn(TenantId id, boolean stopped) {
        control.run(handle -> {
            new TenantDao(handle).setSending(id, stopped, clock.now());
            new AuditDao(handle)
                    .note(
                            id,
                            stopped ? "sending.stopped" : "sending.resumed",
                            id.toString(),
                            Map.of(),
                            Map.of("sending_stopped", stopped),
                            clock.now());
        });
        directory.forget(id);
        return new SendingState(stopped);
    }
}
