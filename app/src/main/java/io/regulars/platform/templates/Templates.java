package io.regulars.platform.templates;

import freemarker.template.Template;
import io.regulars.platform.smtp.HeaderText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Renders the messages of {@code email-templates/}: a folder for each message, in it one for each
 * language with {@code subject.ftl}, {@code html.ftlh} and {@code text.ftl}. A message in the
 * locale asked for, else in its language, else in English. What a message needs is written in its
 * {@code sample.json}.
 */
public final class Templates {
    private static final Pattern MESSAGE = Pattern.compile("[a-z][a-z0-9_]*");

    private final TemplateFiles files = new TemplateFiles("email-templates");
    private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();
    private final Stencils stencils = new Stencils();

    private record Compiled(Template subject, Template html, Template text) {

        Rendered printed(Map<String, Object> model) {
            Map<String, Object> values = new LinkedHashMap<>(model);
            Object color =
                    model.get("brand") instanceof Map<?, ?> brand ? brand.get("color") : null;
            values.put("palette", Palette.of(color).model());
            return new Rendered(
                    TemplateFiles.filled(subject, values),
                    TemplateFiles.filled(html, values),
                    TemplateFiles.filled(text, values));
        }
    }

    /**
     * Renders the three parts of a message.
     *
     * @param model maps, lists, texts, truth values and whole numbers; {@code brand.color} is
     *     checked and its legible shades are added as {@code palette}
     * @throws RenderingFailed when the message does not exist or a value is missing
     */
    public Rendered render(String message, Locale locale, Map<String, ?> model) {
        String name = named(message, locale);
        Compiled templates = compiled.computeIfAbsent(name, key -> find(message, locale));
        Map<String, Object> values = ModelText.clean(model);
        Rendered mail =
                stencils.filled(name, values, templates::printed)
                        .orElseGet(() -> templates.printed(values));
        return new Rendered(
                HeaderText.clean(mail.subject()), mail.htmlLines(), tidied(mail.text()));
    }

    /** Whether a mail with such a model need not be printed any more. */
    boolean hasStencil(String message, Locale locale, Map<String, ?> model) {
        return stencils.knows(named(message, locale), ModelText.clean(model));
    }

    private static String named(String message, Locale locale) {
        return message + "/" + locale.getLanguage() + "-" + locale.getCountry();
    }

    private Compiled find(String message, Locale locale) {
        if (!MESSAGE.matcher(message).matches()) {
            throw new RenderingFailed("No message can have this name");
        }
        for (String language : fallbacks(locale)) {
            String folder = message + "/" + language + "/";
            if (files.exist(folder + "subject.ftl")) {
                return new Compiled(
                        files.template(folder + "subject.ftl"),
                        files.template(folder + "html.ftlh"),
                        files.template(folder + "text.ftl"));
            }
        }
        throw new RenderingFailed("There is no message " + message);
    }

    private static List<String> fallbacks(Locale locale) {
        String language = locale.getLanguage();
        String country = locale.getCountry();
        return Stream.of(country.isEmpty() ? language : language + "-" + country, language, "en")
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /** Directives leave gaps behind, which HTML does not show but text does. */
    private static String tidied(String text) {
        StringBuilder tidy = new StringBuilder(text.length());
        boolean gap = false;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            String said = tidy.isEmpty() ? line.strip() : line.stripTrailing();
            if (!said.isEmpty() && !tidy.isEmpty()) {
                tidy.append(gap ? "\n\n" : "\n");
            }
            tidy.append(said);
            gap = said.isEmpty();
        }
        return tidy.append('\n').toString();
    }
}
