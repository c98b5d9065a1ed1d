package io.regulars.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Stripe's published OpenAPI document: whether a request is one that Stripe knows. */
public final class StripeSpec {

    /** Came after the document that there is. */
    private static final Set<String> LATER = Set.of("/v1/billing/meter_events");

    private static final Pattern KEY = Pattern.compile("([^\\[]+)((?:\\[[^\\]]*\\])*)");
    private final JsonNode document;

    private StripeSpec(JsonNode document) {
        this.document = document;
    }

    public static StripeSpec read() {
        Path file =
                Path.of(System.getProperty("shared.data"), "stripe", "spec3.2023-08-16.json.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new StripeSpec(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with a request: unknown path, unknown parameters. */
    public List<String> faults(String method, String path, String form) {
        if (LATER.contains(path)) {
            return List.of();
        }
        JsonNode operation =
                document.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
        if (operation.isMissingNode()) {
            return List.of("no " + method + " " + path);
        }
        JsonNode body =
                operation
                        .path("requestBody")
                        .path("content")
                        .path("application/x-www-form-urlencoded")
                        .path("schema");
        List<String> faults = new ArrayList<>();
        for (String pair : form.split("&", -1)) {
            String key = URLDecoder.decode(pair.split("=", 2)[0], StandardCharsets.UTF_8);
            if (!key.isEmpty() && !knows(operation, body, key)) {
                faults.add(path + " does not know " + key);
            }
        }
        return faults;
    }

    private static boolean knows(JsonNode operation, JsonNode body, String key) {
        Matcher parts = KEY.matcher(key);
        if (!parts.matches()) {
            return false;
        }
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("name").asText().equals(parts.group(1))) {
                return true;
            }
        }
        JsonNode schema = body.path("properties").path(parts.group(1));
        Matcher inner = Pattern.compile("\\[([^\\]]*)\\]").matcher(parts.group(2));
        while (inner.find() && !schema.isMissingNode()) {
            schema = within(schema, inner.group(1));
        }
        return !schema.isMissingNode();
    }

    private static JsonNode within(JsonNode schema, String name) {
        for (JsonNode choice : schema.path("anyOf")) {
            JsonNode found = within(choice, name);
            if (!found.isMissingNode()) {
                return found;
            }
        }
        if (name.matches("[0-9]*") && schema.has("items")) {
            return schema.path("items");
        }
        if (schema.path("properties").has(name)) {
            return schema.path("properties").path(name);
        }
        // Metadata takes any name.
        return schema.path("additionalProperties");
    }
}
