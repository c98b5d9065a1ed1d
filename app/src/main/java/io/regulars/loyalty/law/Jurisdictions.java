package io.regulars.loyalty.law;

import io.regulars.platform.http.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The law by country: {@code tenants-config/jurisdictions/}. */
final class Jurisdictions {

    private static final String FOLDER = "/tenants-config/jurisdictions/";
    private static final List<String> FILES =
            List.of("vn.yml", "eu.yml", "gb.yml", "us.yml", "ca.yml");

    private final ProgramLaw everywhere;
    private final Map<String, ProgramLaw> byCountry = new HashMap<>();

    /** One file; its other parts are read by those whom they are about. */
    private record Jurisdiction(
            List<String> countries,
            int minimumAge,
            Map<String, Integer> exceptions,
            @Nullable ProgramLaw program,
            @Nullable Object mail) {}

    Jurisdictions() {
        this.everywhere =
                Objects.requireNonNull(read("default.yml").program(), "default.yml has program");
        for (String file : FILES) {
            Jurisdiction jurisdiction = read(file);
            ProgramLaw program = jurisdiction.program();
            if (program != null) {
                jurisdiction.countries().forEach(country -> byCountry.put(country, program));
            }
        }
    }

    /** What is asked for in every country: the ground below each country's own. */
    ProgramLaw everywhere() {
        return everywhere;
    }

    /** What the country asks for beyond that. */
    ProgramLaw in(String country) {
        return byCountry.getOrDefault(
                country,
                new ProgramLaw(
                        null, null, null, null, null, null, null, null, null, null, null, null,
                        null));
    }

    private static Jurisdiction read(String file) {
        try (InputStream in =
                Objects.requireNonNull(
                        Jurisdictions.class.getResourceAsStream(FOLDER + file), file)) {
            return Yaml.read(in.readAllBytes(), Jurisdiction.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
