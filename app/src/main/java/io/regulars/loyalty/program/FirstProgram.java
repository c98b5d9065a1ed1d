package io.regulars.loyalty.program;

import io.regulars.platform.db.TenantRef;
import io.regulars.tenancy.tenants.NewSide;
import io.regulars.tenancy.tenants.Setup;
import java.util.Currency;
import java.util.List;
import java.util.Map;

/** What a shop begins with: one point for each whole unit of its currency. */
public final class FirstProgram implements NewSide {

    private final EditProgram programs;

    public FirstProgram(EditProgram programs) {
        this.programs = programs;
    }

    @Override
    public void prepare(TenantRef side, Setup setup) {
        programs.publishFirst(side, program(setup), "signup");
    }

    static Program program(Setup setup) {
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
