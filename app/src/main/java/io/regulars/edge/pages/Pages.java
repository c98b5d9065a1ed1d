package io.regulars.edge.pages;

import io.regulars.platform.templates.TemplateFiles;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes HTML answers from the templates in {@code pages/}, a folder for each language. Their one
 * style sheet stands in the page itself, and the policy that goes with it lets the browser use that
 * and nothing else.
 */
public final class Pages {

    private static final String FOLDER = "pages";

    private final TemplateFiles templates = new TemplateFiles(FOLDER);
    private final String style = read("/" + FOLDER + "/style.css");
    private final String policy =
            "default-src 'none'; style-src '"
                    + sha256(style)
                    + "'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /**
     * The page as an answer.
     *
     * @param page the template's name
     * @param model as {@link TemplateFiles#fill} takes it
     */
    public Response answer(int status, Language language, String page, Map<String, ?> model) {
        return answer(status, language, page, model, policy);
    }

    /** The same for a page that shows another of our addresses in a frame. */
    public Response answerWithFrame(Language language, String page, Map<String, ?> model) {
        return answer(200, language, page, model, policy + "; frame-src 'self'");
    }

    /** The same for a page that works by a script of ours, which talks to this service only. */
    public Response answerWithScript(Language language, String page, Map<String, ?> model) {
        Response answer =
                answer(
                        200,
                        language,
                        page,
                        model,
                        policy + "; script-src 'self'; connect-src 'self'; media-src 'self' blob:");
        return Response.fromResponse(answer).header("Permissions-Policy", "camera=(self)").build();
    }

    /** The same in a shop's colours. */
    public Response branded(
            int status, Language language, String page, Map<String, ?> model, BrandStyle brand) {
        Map<String, Object> values = new HashMap<>(model);
        values.put("brand_style", brand.css());
        values.put("theme_color", brand.ground());
        return answer(
                status,
                language,
                page,
                values,
                policy.replace("style-src ", "style-src '" + sha256(brand.css()) + "' "));
    }

    private Response answer(
            int status, Language language, String page, Map<String, ?> model, String policy) {
        Map<String, Object> values = new HashMap<>(model);
        values.put("lang", language.tag());
        values.put("style", style);
        String html = templates.fill(language.tag() + "/" + page + ".ftlh", values);
        return Response.status(status)
                .type("text/html; charset=utf-8")
                .entity(html)
                .header("Content-Security-Policy", policy)
                .header("X-Frame-Options", "DENY")
                .header("X-Robots-Tag", "noindex, nofollow")
                .header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
                .header(HttpHeaders.VARY, "Accept, Accept-Language")
                .build();
    }

    private static String read(String file) {
        try (InputStream in = Pages.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not in the jar");
            }
            // What a browser reads, and hashes, has no carriage returns.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
