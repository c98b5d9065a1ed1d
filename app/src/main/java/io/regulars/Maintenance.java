package io.regulars;

import ch.qos.logback.classic.Level;
import com.codahale.metrics.MetricRegistry;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ResourceConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.logging.common.BootstrapLogging;
import io.regulars.loyalty.nightly.CheckShop;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantSchemas;
import io.regulars.platform.embedded.ColdCopy;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.platform.work.Sides;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.text.StringSubstitutor;
import org.jspecify.annotations.Nullable;

/** What is done on the database while no service need run. */
@ConsoleOutput
final class Maintenance {

    private Maintenance() {}

    static void backup(Path file, Settings settings) throws IOException {
        Path dataDir = Path.of(settings.dataDir());
        ColdCopy.write(dataDir, file);
        System.out.println(dataDir + " is in " + file + "; keep it as safe as the database.");
    }

    static void restore(Path file, Settings settings) throws IOException {
        Path dataDir = Path.of(settings.dataDir());
        ColdCopy.read(file, dataDir);
        System.out.println(file + " is in " + dataDir + "; start the service.");
    }

    /** Says what {@link #migrate} would do. */
    static void planMigration(Settings settings) {
        try (Storage storage = Storage.open(settings, Clock.system(), new MetricRegistry())) {
            System.out.println(
                    storage.databases().schemas().behind()
                            + " schemas are behind version "
                            + storage.databases().schemas().latestVersion()
                            + " and would be upgraded.");
        }
    }

    static void migrate(Settings settings) {
        try (Storage storage = Storage.open(settings, Clock.system(), new MetricRegistry())) {
            TenantSchemas.Rollout rollout = storage.databases().schemas().migrateAll();
            System.out.println(rollout.upgraded() + " schemas were upgraded.");
            rollout.failures().forEach(failure -> System.err.println("not upgraded: " + failure));
            if (!rollout.failures().isEmpty()) {
                throw new IllegalStateException(
                        rollout.failures().size()
                                + " schemas were not upgraded; run it again when the cause is mended");
            }
        }
    }

    /** Whether every member's points and tiers are right, in every shop. */
    static boolean check(Settings settings) {
        try (Storage storage = Storage.open(settings, Clock.system(), new MetricRegistry())) {
            TenantDirectory directory =
                    new TenantDirectory(
                            storage.databases().control(), storage.databases().schemas());
            CheckShop check = new CheckShop(storage.databases().tenants(), new Programs());
            int sides = 0;
            int differences = 0;
            List<TenantRef> some = directory.after(Optional.empty(), Sides.AT_ONCE);
            while (!some.isEmpty()) {
                for (TenantRef side : some) {
                    sides++;
                    differences += check(check, side);
                }
                TenantId last = some.getLast().id();
                some = directory.after(Optional.of(last), Sides.AT_ONCE);
            }
            System.out.println(
                    sides + " sides of shops checked, " + differences + " differences found.");
            return differences == 0;
        }
    }

    private static int check(CheckShop check, TenantRef side) {
        List<CheckShop.Finding> findings = check.findings(side);
        findings.forEach(finding -> System.out.println(finding.line(side)));
        return findings.size();
    }

    /** What {@code regulars.yml} says in this environment. */
    static Settings settings(Function<String, @Nullable String> environment)
            throws IOException, ConfigurationException {
        BootstrapLogging.bootstrap(Level.WARN);
        return new YamlConfigurationFactory<>(
                        Settings.class, Validators.newValidator(), Jackson.newObjectMapper(), "dw")
                .build(
                        new SubstitutingSourceProvider(
                                new ResourceConfigurationSourceProvider(),
                                new StringSubstitutor(
                                        name -> Variables.present(name, environment.apply(name)))),
                        Service.CONFIGURATION);
    }
}
