package io.regulars.tenancy.plans;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All plans, the smallest first; that one needs no subscription.
 *
 * @param pastDueGraceDays for how long a bill that could not be paid takes nothing away
 */
public record Plans(int pastDueGraceDays, List<Plan> plans) {

    private static final String OURS = "/tenants-config/plans.yml";

    public Plans {
        if (plans.isEmpty() || plans.getFirst().price() != null) {
            throw new IllegalArgumentException("the first plan is the one that is free");
        }
        plans = List.copyOf(plans);
    }

    /**
     * Reads them.
     *
     * @param file of the operator's own; empty: ours
     */
    public static Plans read(String file) {
        ObjectMapper mapper =
                new ObjectMapper(new YAMLFactory())
                        .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        try (InputStream in =
                file.isEmpty()
                        ? Plans.class.getResourceAsStream(OURS)
                        : Files.newInputStream(Path.of(file))) {
            if (in == null) {
                throw new IllegalStateException(OURS + " is not in the jar");
            }
            return mapper.readValue(in, Plans.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the plans cannot be read", e);
        }
    }

    Plan free() {
        return plans.getFirst();
    }

    public Optional<Plan> find(String key) {
        return plans.stream().filter(plan -> plan.key().equals(key)).findFirst();
    }

    /** The plan that is sold at this price. */
    public Optional<Plan> ofPrice(String lookupKey) {
        return plans.stream().filter(plan -> lookupKey.equals(plan.price())).findFirst();
    }

    Duration grace() {
        return Duration.ofDays(pastDueGraceDays);
    }
}
