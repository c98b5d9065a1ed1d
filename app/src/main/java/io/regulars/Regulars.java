package io.regulars;

import io.dropwizard.configuration.ConfigurationException;
import io.regulars.platform.embedded.EmbeddedDatabaseException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The program: {@code regulars server}, {@code demo}, {@code migrate}, {@code check}. */
@ConsoleOutput
public final class Regulars {

    private static final String USAGE =
            """
            usage: regulars COMMAND

              server                    the service; settings come from the environment
              demo [--purchases FILE]   the service with a shop in it, to look around
              migrate [--plan]          brings every shop's tables up to date, and ends; or says how many are behind
              tenants list|suspend|resume|hold|release|trust|export|restore   one shop
              mail status|hold|release  whether mail goes to the relay
              backup FILE               copies the embedded database while no service runs
              restore FILE              unpacks such a copy into a new DATA_DIR
              check                     checks that every member's points add up, and ends
            """;

    private Regulars() {}

    public static void main(String[] arguments) {
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        String command = words.isEmpty() ? "help" : words.removeFirst();
        try {
            run(command, words);
        } catch (Exception e) {
            System.err.println("regulars: " + message(e));
            System.exit(1);
        }
    }

    private static void run(String command, List<String> words) throws Exception {
        switch (command) {
            case "server" -> new Service(Map.of()).run("server", Service.CONFIGURATION);
            case "demo" -> Demo.run(purchases(words));
            case "migrate" -> {
                if (words.equals(List.of("--plan"))) {
                    Maintenance.planMigration(settings());
                } else {
                    Maintenance.migrate(settings());
                }
            }
            case "tenants" -> TenantCommands.run(words, settings());
            case "mail" -> MailCommands.run(words, settings());
            case "backup" -> Maintenance.backup(one(words, "backup FILE"), settings());
            case "restore" -> Maintenance.restore(one(words, "restore FILE"), settings());
            case "check" -> System.exit(Maintenance.check(settings()) ? 0 : 2);
            case "help", "--help", "-h" -> System.out.print(USAGE);
            default -> {
                System.err.print(USAGE);
                System.exit(64);
            }
        }
    }

    private static Settings settings() throws IOException, ConfigurationException {
        return Maintenance.settings(System::getenv);
    }

    private static Path one(List<String> words, String usage) {
        if (words.size() != 1) {
            throw new SettingsProblem("usage: regulars " + usage);
        }
        return Path.of(words.getFirst());
    }

    private static Optional<Path> purchases(List<String> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        if (words.size() == 2 && words.getFirst().equals("--purchases")) {
            return Optional.of(Path.of(words.getLast()));
        }
        throw new SettingsProblem("demo takes --purchases FILE, or nothing");
    }

    /** What went wrong, for a person. */
    static String message(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return "a port is taken: "
                        + e.getMessage()
                        + ". Set PORT and ADMIN_PORT to free ones.";
            }
            if (cause instanceof SettingsProblem || cause instanceof EmbeddedDatabaseException) {
                return String.valueOf(cause.getMessage());
            }
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
