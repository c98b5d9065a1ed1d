package io.regulars.engagement.returns;

import io.regulars.engagement.mail.StopAdvertising;
import io.regulars.engagement.tracking.ReturnAddresses;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.smtp.InboundServer;
import io.regulars.tenancy.access.TellOwners;
import io.regulars.tenancy.accountmail.Letter;
import io.regulars.tenancy.tenants.StopSending;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.util.List;

/** Makes what takes bounces, complaints and mailed refusals. */
public final class ReturnsModule {

    private final TakeReturns takeReturns;
    private final Letter letter;
    private final List<Object> endpoints;

    /** What the room takes from outside. */
    public record Outside(
            TenantDb tenants,
            TenantDirectory directory,
            ReturnAddresses addresses,
            StopSending stopSending,
            TellOwners tellOwners,
            RelayKeys relayKeys) {}

    public ReturnsModule(Outside outside, StopAdvertising stopAdvertising) {
        this.takeReturns =
                new TakeReturns(
                        outside.tenants(),
                        outside.directory(),
                        outside.addresses(),
                        stopAdvertising,
                        outside.stopSending(),
                        outside.tellOwners());
        this.letter = new SendingPausedLetter(outside.directory());
        this.endpoints = List.of(new RelayEventsResource(takeReturns, outside.relayKeys()));
    }

    /** Who takes in mail. */
    public InboundServer.Receiver receiver() {
        return takeReturns;
    }

    /** The mail about a shop that was stopped. */
    public Letter letter() {
        return letter;
    }

    public List<Object> endpoints() {
        return endpoints;
    }
}
