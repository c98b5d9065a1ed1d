package io.regulars.platform.templates;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.StrongCacheStorage;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.Version;
import io.regulars.platform.smtp.HeaderText;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
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
    private static final String ROOT = "email-templates";
    private static final Version VERSION = Configuration.VERSION_2_3_35;
    private static final Pattern MESSAGE = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern TRAILING_SPACE = Pattern.compile("[ \\t]+(?=\\n|$)");
    private static final Pattern BLANK_LINES = Pattern.compile("\\n{3,}");

    private final ClassLoader classes = Templates.class.getClassLoader();
    private final Configuration configuration = hardened(classes);
    private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();

    private record Compiled(Template subject, Template html, Template text) {}

    /**
     * Renders the three parts of a message.
     *
     * @param model maps, lists, texts, truth values and whole numbers; {@code brand.color} is
     *     checked and its legible shades are added as {@code palette}
     * @throws RenderingFailed when the message does not exist or a value is missing
     */
    public Rendered render(String message, Locale locale, Map<String, ?> model) {
        Compiled templates =
                compiled.computeIfAbsent(
                        message + "/" + locale.getLanguage() + "-" + locale.getCountry(),
                        key -> find(message, locale));
        Map<String, Object> values = ModelText.clean(model);
        values.put(
                "palette",
                Palette.of(
                                values.get("brand") instanceof Map<?, ?> brand
                                        ? brand.get("color")
                                        : null)
                        .model());
        return new Rendered(
                HeaderText.clean(filled(templates.subject(), values)),
                filled(templates.html(), values),
                tidied(filled(templates.text(), values)));
    }

    private Compiled find(String message, Locale locale) {
        if (!MESSAGE.matcher(message).matches()) {
            throw new RenderingFailed("No message can have this name");
        }
        for (String language : fallbacks(locale)) {
            String folder = message + "/" + language + "/";
            if (classes.getResource(ROOT + "/" + folder + "subject.ftl") != null) {
                return new Compiled(
                        template(folder + "subject.ftl"),
                        template(folder + "html.ftlh"),
                        template(folder + "text.ftl"));
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

    private Template template(String path) {
        try {
            return configuration.getTemplate(path);
        } catch (IOException e) {
            throw new RenderingFailed("Template " + path + " cannot be read", e);
        }
    }

    private static String filled(Template template, Map<String, Object> values) {
        try {
            StringWriter out = new StringWriter(16_384);
            template.process(values, out);
            return out.toString();
        } catch (TemplateException | IOException e) {
            throw new RenderingFailed("Template " + template.getName() + ": " + e.getMessage(), e);
        }
    }

    /** Directives leave gaps behind, which HTML does not show but text does. */
    private static String tidied(String text) {
        String trimmed = TRAILING_SPACE.matcher(text.replace("\r\n", "\n")).replaceAll("");
        return BLANK_LINES.matcher(trimmed).replaceAll("\n\n").strip() + "\n";
    }

    private static Configuration hardened(ClassLoader classes) {
        Configuration configuration = new Configuration(VERSION);
        configuration.setTemplateLoader(new ClassTemplateLoader(classes, ROOT));
        configuration.setCacheStorage(new StrongCacheStorage());
        // They travel inside the jar and cannot change while it runs.
        configuration.setTemplateUpdateDelayMilliseconds(Long.MAX_VALUE);
        configuration.setLocalizedLookup(false);
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setLocale(Locale.ROOT);
        configuration.setTimeZone(TimeZone.getTimeZone("UTC"));
        configuration.setSQLDateAndTimeTimeZone(TimeZone.getTimeZone("UTC"));
        configuration.setNumberFormat("computer");
        configuration.setBooleanFormat("c");
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setWrapUncheckedExceptions(true);
        configuration.setFallbackOnNullLoopVariable(false);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setAPIBuiltinEnabled(false);
        configuration.setObjectWrapper(new SimpleObjectWrapper(VERSION));
        return configuration;
    }
}
