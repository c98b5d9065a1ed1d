package io.regulars.edge.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.regulars.edge.EdgeService;
import io.regulars.loyalty.presets.Presets;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.publishing.FirstProgram;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.ids.TypeIds;
import io.regulars.platform.templates.Templates;
import io.regulars.tenancy.accountmail.Letter;
import io.regulars.tenancy.tenants.Setup;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OwnerLettersTest {

    private static EdgeService service;
    private static TenantRef shop;
    private static OwnerLetters letters;

    @BeforeAll
    static void aShopThatSoldSomething() throws Exception {
        service = EdgeService.start(Optional.empty());
        shop = service.shop("Cloud Coffee", "cloud@shop.example", "en");
        TenantDb tenants = service.databases.tenants();
        new FirstProgram(tenants, new Presets())
                .prepare(shop, new Setup("VND", null, Locale.ENGLISH, "Cloud Coffee", "VN"));
        letters =
                new OwnerLetters(
                        tenants,
                        service.tenancy.directory(),
                        new Programs(),
                        service.tenancy.tellOwners());
        tenants.run(
                shop,
                tx -> {
                    for (String at :
                            new String[] {"2026-09-10T03:00:00Z", "2026-10-10T03:00:00Z"}) {
                        tx.update(
                                        """
                                        insert into <t>.purchase (id, source, order_id, amount, refunded, effects, program_version,
                                               content_hash, purchased_at, recorded_at, updated_at)
                                        values (:id, 'till', :order, :amount, 0, '{}', 1, 'x', :at, :at, :at)
                                        """)
                                .bind("id", TypeIds.next())
                                .bind("order", at)
                                .bind("amount", at.contains("-10-1") ? 250_000L : 100_000L)
                                .bind("at", Instant.parse(at))
                                .execute();
                    }
                    Goals.set(
                            tx,
                            "revenue",
                            700_000,
                            LocalDate.of(2030, 1, 1),
                            new Reports(tenants, new Programs())
                                    .make(
                                            tx,
                                            new Reports.Question(
                                                    Reports.Kind.OVERVIEW,
                                                    "2026-09-01",
                                                    "2026-09-30",
                                                    null)));
                });
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void theLetterSaysWhatTheMonthBroughtAndTheOneBefore() {
        Letter.Content content =
                letters.content("cloud@shop.example", shop.id() + " 2026-10").orElseThrow();
        @SuppressWarnings("unchecked")
        Map<String, Object> model = (Map<String, Object>) content.model();
        String text = new Templates().render(letters.template(), content.locale(), model).text();
        assertThat(text)
                .contains("October 2026", "Cloud Coffee", "Revenue: ₫250,000 (₫100,000)")
                .contains("of ₫700,000", "January 1, 2030");
    }

    @Test
    void aSubjectThatIsNoneWritesNothing() {
        assertThat(letters.content("a@b.example", "nonsense")).isEmpty();
        assertThat(letters.content("a@b.example", shop.id() + " x")).isEmpty();
        assertThat(letters.content("a@b.example", null)).isEmpty();
    }
}
