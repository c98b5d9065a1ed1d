package io.regulars.edge.join;

import io.regulars.edge.join.Doors.Door;
import io.regulars.edge.pages.ConsentWording;
import io.regulars.edge.pages.Language;
import io.regulars.edge.pages.TermsWords;
import io.regulars.engagement.law.MailLaws;
import io.regulars.loyalty.program.Program;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A shop and its program as the join page and the poster show them. */
final class JoinModel {

    static final List<String> CAMPAIGN_FIELDS = List.of("utm_source", "utm_medium", "utm_campaign");

    private static final int MOST_BENEFITS = 6;

    private final MailLaws laws;

    JoinModel(MailLaws laws) {
        this.laws = laws;
    }

    int minimumAge(Door door) {
        return laws.minimumAge(door.shop().country());
    }

    /** What is the same on every page of this room. */
    Map<String, Object> shop(Door door, Language language) {
        Program program = door.program();
        TermsWords words = new TermsWords(language, program);
        Map<String, Object> model = new HashMap<>();
        model.put("shop", door.shop().businessName());
        model.put("name", words.said(program.name()));
        model.put("unit", words.said(program.unit().many()));
        model.put("path", "/j/" + door.shop().id());
        model.put("terms_path", "/t/" + door.shop().id() + "?lang=" + language.tag());
        model.put("other", language == Language.VI ? "en" : "vi");
        put(
                model,
                "tagline",
                words.text(program.brand() == null ? null : program.brand().tagline()));
        model.put("benefits", benefits(program, words));
        model.put("has_points", words.hasPoints());
        put(model, "welcome", words.welcome());
        put(model, "referral", words.referral());
        return model;
    }

    /** The page with the form. */
    Map<String, Object> form(Door door, Language language, JoinForm form, String token) {
        Program program = door.program();
        TermsWords words = new TermsWords(language, program);
        Map<String, Object> model = shop(door, language);
        model.put(
                "faq",
                program.faq().stream()
                        .map(question ->
                                Map.of(
                                        "question", words.said(question.question()),
                                        "answer", words.said(question.answer())))
                        .toList());
        model.put("wording", ConsentWording.of(language, door.shop().businessName()));
        model.put("minimum_age", minimumAge(door));
        model.put("law", laws.jurisdiction(door.shop().country()));
        model.put("token", token);
        model.put("filled", form.fields());
        model.put("troubles", Map.of());
        model.put(
                "carried",
                Stream.concat(Stream.of("ref"), CAMPAIGN_FIELDS.stream())
                        .filter(form::ticked)
                        .map(field -> Map.of("name", field, "value", form.text(field)))
                        .toList());
        put(model, "controller", door.shop().profile().legalName());
        put(model, "address", door.shop().profile().postalAddress());
        put(model, "email", door.shop().profile().email());
        put(model, "phone", door.shop().profile().phone());
        return model;
    }

    /** What the program says of itself, else what its rewards are. */
    private static List<String> benefits(Program program, TermsWords words) {
        List<String> said = program.benefits().stream().map(words::said).toList();
        return (said.isEmpty()
                        ? program.rewards().stream()
                                .map(reward -> words.said(reward.name()))
                                .toList()
                        : said)
                .stream().distinct().limit(MOST_BENEFITS).toList();
    }

    private static void put(Map<String, Object> model, String key, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> whole = new HashMap<>(map);
            whole.values().removeIf(Objects::isNull);
            model.put(key, whole);
        } else if (value != null) {
            model.put(key, value);
        }
    }
}
