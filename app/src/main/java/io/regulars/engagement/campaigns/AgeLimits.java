package io.regulars.engagement.campaigns;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Below which age nobody is written to, by country: {@code tenants-config/jurisdictions/}. */
public final class AgeLimits {

    private static final String FOLDER = "/tenants-config/jurisdictions/";
    private static final List<String> FILES =
            List.of("vn.yml", "eu.yml", "gb.yml", "us.yml", "ca.yml");

    private final int elsewhere;
    private final Map<String, Integer> byCountry = new HashMap<>();
    private final Map<String, String> fileOf = new HashMap<>();

    /** One file: the countries it speaks of, and the age limit there. */
    private record Jurisdiction(
            List<String> countries, int minimumAge, Map<String, Integer> exceptions) {}

    public AgeLimits() {
        ObjectMapper yaml =
                new ObjectMapper(new YAMLFactory())
                        .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        // The same files say what the law asks of programs.
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        this.elsewhere = read(yaml, "default.yml").minimumAge();
        for (String file : FILES) {
            Jurisdiction jurisdiction = read(yaml, file);
            jurisdiction
                    .countries()
                    .forEach(country -> {
                        byCountry.put(country, jurisdiction.minimumAge());
                        fileOf.put(country, file.substring(0, file.indexOf('.')));
                    });
            byCountry.putAll(jurisdiction.exceptions());
        }
    }

    /**
     * @param country ISO 3166-1 alpha-2
     */
    public int in(String country) {
        return byCountry.getOrDefault(country, elsewhere);
    }

    /**
     * Whose law a country's is: {@code vn}, {@code eu}, {@code gb}, {@code us}, {@code ca}, else
     * {@code default}.
     */
    public String jurisdiction(String country) {
        return fileOf.getOrDefault(country, "default");
    }

    private static Jurisdiction read(ObjectMapper yaml, String file) {
        try (InputStream in =
                Objects.requireNonNull(AgeLimits.class.getResourceAsStream(FOLDER + file))) {
            return yaml.readValue(in, Jurisdiction.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
