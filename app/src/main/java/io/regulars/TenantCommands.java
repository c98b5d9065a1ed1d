package io.regulars;

import com.codahale.metrics.MetricRegistry;
import io.regulars.engagement.mail.Messages;
import io.regulars.platform.db.Side;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.Credentials;
import io.regulars.tenancy.access.LastUse;
import io.regulars.tenancy.access.RevokeTenantAccess;
import io.regulars.tenancy.tenants.ArchiveTenant;
import io.regulars.tenancy.tenants.HoldSending;
import io.regulars.tenancy.tenants.RestoreTenant;
import io.regulars.tenancy.tenants.SpareSchemas;
import io.regulars.tenancy.tenants.Tenant;
import io.regulars.tenancy.tenants.TenantDirectory;
import io.regulars.tenancy.tenants.TenantStates;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code regulars tenants …}: the operator's hand on shops, beside the running service. */
@ConsoleOutput
final class TenantCommands {

    static final String USAGE =
            """
            usage: regulars tenants list
                   regulars tenants suspend|resume TENANT
                   regulars tenants hold TENANT REASON
                   regulars tenants release|trust TENANT
                   regulars tenants export TENANT FILE
                   regulars tenants restore FILE OWNER_EMAIL
            """;

    private final Storage storage;
    private final Clock clock = Clock.system();

    private TenantCommands(Storage storage) {
        this.storage = storage;
    }

    static void run(List<String> words, Settings settings) throws IOException {
        try (Storage storage = Storage.open(settings, Clock.system(), new MetricRegistry())) {
            new TenantCommands(storage).command(words);
        }
    }

    private void command(List<String> words) throws IOException {
        List<String> rest = words.stream().skip(1).toList();
        switch (words.isEmpty() ? "" : words.getFirst()) {
            case "list" -> list();
            case "suspend" -> states().suspend(id(the(1, rest).getFirst()));
            case "resume" -> states().resume(id(the(1, rest).getFirst()));
            case "hold" -> hold(rest);
            case "release" -> release(id(the(1, rest).getFirst()));
            case "trust" -> sending().trust(id(the(1, rest).getFirst()));
            case "export" -> export(id(the(2, rest).getFirst()), Path.of(rest.getLast()));
            case "restore" -> restore(Path.of(the(2, rest).getFirst()), rest.getLast());
            default -> throw new SettingsProblem(USAGE);
        }
    }

    private static List<String> the(int wanted, List<String> words) {
        if (words.size() != wanted) {
            throw new SettingsProblem(USAGE);
        }
        return words;
    }

    /** Whoever forgets the quotes around the reason means it all the same. */
    private void hold(List<String> words) {
        if (words.size() < 2) {
            throw new SettingsProblem(USAGE);
        }
        sending().hold(id(words.getFirst()), String.join(" ", words.subList(1, words.size())));
    }

    private void list() {
        directory()
                .all()
                .forEach(tenant ->
                        System.out.println(
                                String.join(
                                        "\t",
                                        tenant.id().toString(),
                                        tenant.state().key(),
                                        tenant.createdAt().toString(),
                                        remarks(tenant),
                                        tenant.businessName())));
    }

    private static String remarks(Tenant tenant) {
        Tenant.Standing standing = tenant.standing();
        return Stream.of(
                        standing.heldBecause() == null ? "" : "held",
                        standing.trusted() ? "trusted" : "",
                        standing.disposableSignup() ? "disposable" : "")
                .filter(remark -> !remark.isEmpty())
                .collect(
                        Collectors.collectingAndThen(
                                Collectors.joining(","), all -> all.isEmpty() ? "-" : all));
    }

    /** What waited is due again; the service comes by within ten minutes. */
    private void release(TenantId id) {
        sending().release(id);
        directory()
                .find(id, Side.LIVE)
                .ifPresent(side ->
                        storage.databases().tenants().run(side, tx -> Messages.release(tx, null)));
    }

    private HoldSending sending() {
        return new HoldSending(storage.databases().control(), clock, directory());
    }

    private void export(TenantId id, Path file) throws IOException {
        ArchiveTenant archives =
                new ArchiveTenant(
                        storage.databases().control(), clock, storage.databases().archives());
        try (OutputStream out = Files.newOutputStream(file)) {
            archives.of(id).writeTo(out);
        }
        System.out.println(id + " is in " + file);
    }

    private void restore(Path file, String owner) throws IOException {
        RestoreTenant.Restored restored = restoreTenant(storage, clock).handle(file, owner);
        System.out.println(
                "restored as " + restored.tenant() + "; its owner sets a password by mail");
        System.out.println("live key: " + restored.liveKey().secret().text());
        System.out.println("test key: " + restored.testKey().secret().text());
    }

    private static RestoreTenant restoreTenant(Storage storage, Clock clock) {
        return new RestoreTenant(
                storage.databases().control(),
                clock,
                storage.databases().archives(),
                storage.databases().schemas(),
                new SpareSchemas(
                        storage.databases().control(), storage.databases().schemas(), clock, 0));
    }

    private TenantDirectory directory() {
        return new TenantDirectory(storage.databases().control(), storage.databases().schemas());
    }

    private TenantStates states() {
        return new TenantStates(
                storage.databases().control(),
                clock,
                directory(),
                new RevokeTenantAccess(
                        new Credentials(
                                storage.databases().control(),
                                clock,
                                new LastUse(storage.databases().control(), clock))));
    }

    private static TenantId id(String text) {
        return TenantId.parse(text)
                .orElseThrow(() -> new SettingsProblem("a tenant is an id like ten_…"));
    }
}
