package io.regulars.engagement.law;

import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.Whereabouts;
import io.regulars.platform.http.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The law on mail by country. */
public final class MailLaws {

    private static final String FOLDER = "/tenants-config/jurisdictions/";
    private static final List<String> FILES =
            List.of("vn.yml", "eu.yml", "gb.yml", "us.yml", "ca.yml");

    private final Jurisdiction everywhere = read("default.yml");
    private final Map<String, Jurisdiction> byCountry = new HashMap<>();
    private final Map<String, String> fileOf = new HashMap<>();
    private final Map<Set<String>, MailRules> known = new ConcurrentHashMap<>();

    /** One file; its part {@code program} is read by those whom it is about. */
    private record Jurisdiction(
            List<String> countries,
            int minimumAge,
            Map<String, Integer> exceptions,
            @Nullable Object program,
            @Nullable MailLaw mail) {

        MailLaw law() {
            return mail == null ? MailLaw.NONE : mail;
        }
    }

    /** The part {@code mail}; what is absent is not asked for. */
    private record MailLaw(
            @Nullable Map<String, String> subjectLabel,
            @Nullable Integer adsPerDay,
            @Nullable Boolean confirmOptOut,
            MailRules.@Nullable QuietHours quietHours) {

        static final MailLaw NONE = new MailLaw(null, null, null, null);
    }

    public MailLaws() {
        for (String file : FILES) {
            Jurisdiction jurisdiction = read(file);
            for (String country : jurisdiction.countries()) {
                byCountry.put(country, jurisdiction);
                fileOf.put(country, file.substring(0, file.indexOf('.')));
            }
        }
    }

    /**
     * What holds for mail from a shop to a member.
     *
     * @param shops the shop's country, ISO 3166-1 alpha-2
     */
    public MailRules between(String shops, Member member) {
        return known.computeIfAbsent(Whereabouts.countries(member, shops), this::strictest);
    }

    private MailRules strictest(Set<String> countries) {
        List<MailLaw> laws =
                Stream.concat(
                                countries.stream().sorted().map(this::law),
                                Stream.of(everywhere.law()))
                        .toList();
        return new MailRules(
                laws.stream()
                        .flatMap(law -> Stream.ofNullable(law.subjectLabel()))
                        .findFirst()
                        .orElse(Map.of()),
                laws.stream()
                        .flatMap(law -> Stream.ofNullable(law.adsPerDay()))
                        .min(Comparator.naturalOrder())
                        .orElse(Integer.MAX_VALUE),
                laws.stream().anyMatch(law -> Boolean.TRUE.equals(law.confirmOptOut())),
                quietHours(countries),
                countries.stream()
                        .map(this::minimumAge)
                        .max(Comparator.naturalOrder())
                        .orElseGet(everywhere::minimumAge));
    }

    /** Those of all these countries; where none has its own, those that hold everywhere. */
    private List<MailRules.QuietHours> quietHours(Set<String> countries) {
        List<MailRules.QuietHours> own =
                countries.stream()
                        .sorted()
                        .flatMap(country -> Stream.ofNullable(law(country).quietHours()))
                        .distinct()
                        .toList();
        MailRules.QuietHours usual = everywhere.law().quietHours();
        return own.isEmpty() && usual != null ? List.of(usual) : own;
    }

    /**
     * Whose law a country's is: {@code vn}, {@code eu}, {@code gb}, {@code us}, {@code ca}, else
     * {@code default}.
     */
    public String jurisdiction(String country) {
        return fileOf.getOrDefault(country, "default");
    }

    /**
     * Below which age nobody there is sent advertising or may join by themselves.
     *
     * @param country ISO 3166-1 alpha-2
     */
    public int minimumAge(String country) {
        Jurisdiction jurisdiction = byCountry.get(country);
        return jurisdiction == null
                ? everywhere.minimumAge()
                : jurisdiction.exceptions().getOrDefault(country, jurisdiction.minimumAge());
    }

    private MailLaw law(String country) {
        Jurisdiction jurisdiction = byCountry.get(country);
        return jurisdiction == null ? MailLaw.NONE : jurisdiction.law();
    }

    private static Jurisdiction read(String file) {
        try (InputStream in =
                Objects.requireNonNull(MailLaws.class.getResourceAsStream(FOLDER + file), file)) {
            return Yaml.read(in.readAllBytes(), Jurisdiction.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
