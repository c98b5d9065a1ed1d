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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/**
 * The Freemarker files below one folder of the class path. They can write text and nothing else: no
 * classes, no reflection, and in {@code .ftlh} files no value becomes markup.
 */
public final class TemplateFiles {
    private static final Version VERSION = Configuration.VERSION_2_3_35;

    /** Mailboxes clip mails at a tenth of it. */
    static final int LARGEST = 1024 * 1024;

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final ClassLoader classes = TemplateFiles.class.getClassLoader();
    private final String root;
    private final Configuration configuration;

    public TemplateFiles(String root) {
        this.root = root;
        this.configuration = hardened(classes, root);
    }

    /**
     * Fills a template.
     *
     * @param model maps, lists, texts, truth values and whole numbers
     * @throws RenderingFailed when there is no such file or a value is missing
     */
    public String fill(String path, Map<String, ?> model) {
        return filled(template(path), ModelText.clean(model));
    }

    boolean exist(String path) {
        return classes.getResource(root + "/" + path) != null;
    }

    Template template(String path) {
        try {
            return configuration.getTemplate(path);
        } catch (IOException e) {
            throw new RenderingFailed("Template " + path + " cannot be read", e);
        }
    }

    static String filled(Template template, Map<String, Object> cleanModel) {
        try {
            LimitedWriter out = new LimitedWriter(LARGEST, LONGEST.toNanos());
            template.process(cleanModel, out);
            return out.toString();
        } catch (TemplateException | IOException e) {
            throw new RenderingFailed("Template " + template.getName() + ": " + e.getMessage(), e);
        }
    }

    private static Configuration hardened(ClassLoader classes, String root) {
        Configuration configuration = new Configuration(VERSION);
        configuration.setTemplateLoader(new ClassTemplateLoader(classes, root));
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
