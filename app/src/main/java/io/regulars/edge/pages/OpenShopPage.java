package io.regulars.edge.pages;

import io.regulars.loyalty.presets.Presets;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.http.Returns;
import io.regulars.platform.secrets.SecretText;
import io.regulars.tenancy.signups.SignUp;
import io.regulars.tenancy.signups.SignUp.NewSignup;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The form by which an owner opens a shop without a line of code; it does what {@code POST
 * /v1/signups} does. Its answer is the same whoever has an account already: the rest comes by mail.
 */
@HtmlFaults
@Path("/signup")
@Produces("text/html; charset=utf-8")
public final class OpenShopPage {

    private static final List<String> REMEMBERED =
            List.of(
                    "business_name",
                    "email",
                    "country",
                    "time_zone",
                    "currency",
                    "locale",
                    "preset");

    /** More than any field may have; the page that says so need not repeat the rest. */
    private static final int LONGEST = 1_000;

    private final Pages pages;
    private final SignUp signUp;
    private final Presets presets;
    private final boolean inbox;

    /**
     * @param inbox whether mail is captured where its reader may look
     */
    OpenShopPage(Pages pages, SignUp signUp, Presets presets, boolean inbox) {
        this.pages = pages;
        this.signUp = signUp;
        this.presets = presets;
        this.inbox = inbox;
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response show(
            @QueryParam("lang") @Nullable String wished,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
        Language language = Language.of(acceptLanguage, wished);
        return form(200, language, guesses(language), Map.of());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response send(
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage,
            MultivaluedMap<String, String> posted) {
        Language language = Language.of(acceptLanguage, posted.getFirst("lang"));
        Map<String, String> filled = new HashMap<>();
        REMEMBERED.forEach(field -> filled.put(field, text(posted, field)));
        // A field that no person sees was filled in: whoever did it learns nothing.
        boolean byMachine = !text(posted, "website").isEmpty();
        try {
            if (!byMachine) {
                signUp.handle(signup(filled, text(posted, "password")));
            }
        } catch (Problem problem) {
            if (problem.type() != ProblemType.VALIDATION_FAILED) {
                throw problem;
            }
            return form(422, language, filled, troubles(problem));
        }
        return pages.answer(
                200,
                language,
                "open_shop_sent",
                Map.of("email", filled.getOrDefault("email", ""), "inbox", inbox));
    }

    private static NewSignup signup(Map<String, String> filled, String password) {
        String country = filled.getOrDefault("country", "");
        String currency = filled.getOrDefault("currency", "");
        String preset = filled.getOrDefault("preset", "");
        return new NewSignup(
                filled.get("business_name"),
                filled.get("email"),
                new SecretText(password),
                country,
                filled.get("time_zone"),
                filled.get("locale"),
                currency.isEmpty() ? PlaceChoices.currencyOf(country) : currency,
                preset.isEmpty() ? null : preset);
    }

    private static String text(MultivaluedMap<String, String> posted, String field) {
        String value = Objects.requireNonNullElse(posted.getFirst(field), "");
        return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
    }

    /** What most people who read this language would choose. */
    private static Map<String, String> guesses(Language language) {
        return language == Language.VI
                ? Map.of("locale", "vi", "country", "VN", "time_zone", "Asia/Ho_Chi_Minh")
                : Map.of("locale", language.tag());
    }

    /** The codes by field; the template has a sentence for each that a person can cause. */
    private static Map<String, String> troubles(Problem problem) {
        return problem.errors().stream()
                .collect(
                        Collectors.toMap(
                                error -> error.pointer().substring(1),
                                error -> error.code(),
                                (first, second) -> first));
    }

    private Response form(
            int status,
            Language language,
            Map<String, String> filled,
            Map<String, String> troubles) {
        Locale locale = Locale.forLanguageTag(language.tag());
        PlaceChoices choices = PlaceChoices.in(locale);
        return pages.answer(
                status,
                language,
                "open_shop",
                Map.of(
                        "filled",
                        filled,
                        "troubles",
                        troubles,
                        "countries",
                        choices.countries(),
                        "zones",
                        choices.zones(),
                        "presets",
                        presets.all().stream()
                                .map(preset ->
                                        Map.of(
                                                "key", preset.key(),
                                                "name", preset.name().in(locale),
                                                "good_for", preset.goodFor().in(locale)))
                                .toList()));
    }
}
