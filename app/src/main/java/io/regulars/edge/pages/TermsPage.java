package io.regulars.edge.pages;

import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.program.Publication;
import io.regulars.platform.db.Side;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Returns;
import io.regulars.platform.ids.TenantId;
import io.regulars.tenancy.tenants.Tenant;
import io.regulars.tenancy.tenants.TenantDirectory;
import io.regulars.tenancy.tenants.TenantState;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a shop promises, in plain words, for everybody to read: the version in force, and with
 * {@code ?version=} each other. Shown for a suspended shop too, whose members keep their rights.
 */
@HtmlFaults
@Path("/t/{tenant}")
@Produces("text/html; charset=utf-8")
public final class TermsPage {

    private final Pages pages;
    private final TenantDirectory directory;
    private final TenantDb tenants;
    private final Programs programs;

    TermsPage(Pages pages, TenantDirectory directory, TenantDb tenants, Programs programs) {
        this.pages = pages;
        this.directory = directory;
        this.tenants = tenants;
        this.programs = programs;
    }

    /** The published versions, and which of them holds now. */
    private record Published(List<Publication> all, int inForce) {}

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response show(
            @PathParam("tenant") String tenant,
            @QueryParam("version") @Nullable String version,
            @QueryParam("lang") @Nullable String lang,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
        Optional<Tenant> shop =
                TenantId.parse(tenant)
                        .flatMap(directory::tenant)
                        .filter(found -> found.state() != TenantState.DELETED);
        Optional<TenantRef> side =
                shop.flatMap(found -> directory.findForMembers(found.id(), Side.LIVE));
        if (shop.isEmpty() || side.isEmpty()) {
            return unknown(lang, acceptLanguage);
        }
        Published published =
                tenants.inTransaction(
                        side.get(),
                        tx -> {
                            ProgramHistory.Version now = programs.inForce(tx);
                            return new Published(Programs.publications(tx), now.number());
                        });
        String wanted = version == null ? Integer.toString(published.inForce()) : version;
        return published.all().stream()
                .filter(one -> Integer.toString(one.version()).equals(wanted))
                .findFirst()
                .map(one -> {
                    // Who has not chosen reads what the browser asks for, and else the shop's own.
                    Language language =
                            acceptLanguage == null || acceptLanguage.isBlank()
                                    ? Language.of(null, lang, shop.get().locale().toLanguageTag())
                                    : Language.of(acceptLanguage, lang);
                    return pages.branded(
                            200,
                            language,
                            "terms",
                            new TermsModel(language, shop.get(), one)
                                    .with(published.all(), published.inForce()),
                            BrandStyle.of(one.program()));
                })
                .orElseGet(() -> unknown(lang, acceptLanguage));
    }

    private Response unknown(@Nullable String lang, @Nullable String acceptLanguage) {
        return pages.answer(404, Language.of(acceptLanguage, lang), "terms_unknown", Map.of());
    }
}
