package io.regulars.loyalty.publishing;

import io.regulars.loyalty.presets.Presets;
import io.regulars.loyalty.program.EarningRule;
import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.Occasion;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.tenancy.tenants.NewSide;
import io.regulars.tenancy.tenants.Setup;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a shop begins with: the preset that it chose, else one point for each whole unit of its
 * currency.
 */
public final class FirstProgram implements NewSide {

    private final TenantDb tenants;
    private final Presets presets;

    public FirstProgram(TenantDb tenants, Presets presets) {
        this.tenants = tenants;
        this.presets = presets;
    }

    @Override
    public void prepare(TenantRef side, Setup setup) {
        // A preset that a newer version of the service has dropped must not leave a shop without.
        publish(
                side,
                Optional.ofNullable(setup.preset())
                        .flatMap(preset -> presets.in(preset, setup.currency()))
                        .orElseGet(() -> plain(setup)),
                "signup");
    }

    /** Publishes a tenant's very first program, if it has none yet. */
    public void publish(TenantRef tenant, Program program, String publishedBy) {
        tenants.run(
                tenant,
                tx -> {
                    if (Programs.latestNumber(tx) == 0) {
                        PublishProgram.add(tx, program, publishedBy, null, tx.now());
                    }
                });
    }

    static Program plain(Setup setup) {
        int digits = Math.max(0, Currency.getInstance(setup.currency()).getDefaultFractionDigits());
        long unit = Math.powExact(10L, digits);
        return Program.simple(
                LocalText.of(setup.businessName()),
                new Program.Unit(
                        new LocalText(Map.of("vi", "điểm", "en", "point")),
                        new LocalText(Map.of("vi", "điểm", "en", "points"))),
                setup.currency(),
                List.of(
                        EarningRule.of(
                                "spend", Occasion.PURCHASE, EarningRule.Points.perAmount(unit, 1))),
                List.of());
    }
}
