package io.regulars.edge.pages;

import io.regulars.engagement.mail.NpsAnswers;
import io.regulars.engagement.mail.NpsAnswers.Asked;
import io.regulars.engagement.tracking.AnswerLinks;
import io.regulars.engagement.tracking.AnswerLinks.Question;
import io.regulars.loyalty.program.LocalText;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.tenants.Tenant;
import io.regulars.tenancy.tenants.TenantDirectory;
import io.regulars.tenancy.tenants.TenantState;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a member says how likely they are to recommend the shop. The links in the mail only choose
 * the figure: what scans mails opens links too, so the answer is given by the button.
 */
@HtmlFaults
@Path("/n/{token}")
@Produces("text/html; charset=utf-8")
public final class NpsPage {

    private final Pages pages;
    private final AnswerLinks links;
    private final TenantDirectory directory;
    private final TenantDb tenants;
    private final Programs programs;
    private final NpsAnswers answers;
    private final FormGuard guard;

    NpsPage(
            Pages pages,
            AnswerLinks links,
            TenantDirectory directory,
            TenantDb tenants,
            Programs programs,
            NpsAnswers answers,
            FormGuard guard) {
        this.pages = pages;
        this.links = links;
        this.directory = directory;
        this.tenants = tenants;
        this.programs = programs;
        this.answers = answers;
        this.guard = guard;
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response show(
            @PathParam("token") String token,
            @QueryParam("score") @Nullable String score,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
        return answer(token, acceptLanguage, score, null, false);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response give(
            @PathParam("token") String token,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage,
            @FormParam("score") @Nullable String score,
            @FormParam("comment") @Nullable String comment) {
        return answer(token, acceptLanguage, score, comment, true);
    }

    private Response answer(
            String token,
            @Nullable String acceptLanguage,
            @Nullable String score,
            @Nullable String comment,
            boolean give) {
        Optional<Question> question = links.read(token);
        if (question.isEmpty()) {
            return pages.answer(404, Language.asked(acceptLanguage), "link_unknown", Map.of());
        }
        if (give) {
            guard.admit(token);
        }
        Optional<Tenant> shop =
                directory
                        .tenant(question.get().tenant())
                        .filter(tenant -> tenant.state() != TenantState.DELETED);
        Optional<Integer> said = figure(score);
        Optional<Told> told =
                shop.flatMap(found -> directory.findForMembers(found.id(), question.get().side()))
                        .flatMap(side ->
                                tenants.inTransaction(
                                        side,
                                        tx ->
                                                told(
                                                        tx,
                                                        question.get(),
                                                        give ? said : Optional.empty(),
                                                        comment)));
        if (shop.isEmpty() || told.isEmpty()) {
            return pages.answer(410, Language.asked(acceptLanguage), "offers_gone", Map.of());
        }
        return page(shop.get(), told.get(), acceptLanguage, said, give && said.isPresent());
    }

    /**
     * What was asked and answered, and the shop's colours.
     *
     * @param program what the mail asked about, by language
     */
    private record Told(Asked asked, LocalText program, BrandStyle brand) {}

    /**
     * @param given the answer to be kept; empty where the page is only opened
     */
    private Optional<Told> told(
            TenantTx tx, Question question, Optional<Integer> given, @Nullable String comment) {
        Optional<Asked> asked = answers.asked(tx, question.message());
        if (given.isPresent() && asked.isPresent()) {
            answers.give(tx, question.message(), asked.get().member(), given.get(), comment);
            asked = answers.asked(tx, question.message());
        }
        LocalText program = programs.inForce(tx).program().name();
        return asked.map(now -> new Told(now, program, BrandStyle.now(tx, programs)));
    }

    private Response page(
            Tenant shop,
            Told told,
            @Nullable String acceptLanguage,
            Optional<Integer> said,
            boolean given) {
        Asked asked = told.asked();
        Language language =
                Language.of(acceptLanguage, asked.member().locale(), shop.locale().toLanguageTag());
        Map<String, Object> model = new HashMap<>();
        model.put("program", told.program().in(Locale.forLanguageTag(language.tag())));
        model.put("given", given);
        model.put("best", NpsAnswers.BEST);
        said.or(() -> Optional.ofNullable(asked.score()))
                .ifPresent(score -> model.put("score", score));
        if (asked.comment() != null) {
            model.put("comment", asked.comment());
        }
        return pages.branded(200, language, "nps", model, told.brand());
    }

    private static Optional<Integer> figure(@Nullable String text) {
        return text == null || !text.matches("[0-9]|10")
                ? Optional.empty()
                : Optional.of(Integer.valueOf(text));
    }
}
