package io.regulars;

import com.codahale.metrics.MetricRegistry;
import io.regulars.engagement.pace.RelayHold;
import io.regulars.platform.time.Clock;
import java.util.List;

/** {@code regulars mail …}: the operator's hand on the relay, beside the running service. */
@ConsoleOutput
final class MailCommands {

    static final String USAGE =
            """
            usage: regulars mail status
                   regulars mail hold REASON
                   regulars mail release
            """;

    private MailCommands() {}

    static void run(List<String> words, Settings settings) {
        Clock clock = Clock.system();
        String relay = PostOffice.relayName(settings);
        try (Storage storage = Storage.open(settings, clock, new MetricRegistry())) {
            RelayHold hold = new RelayHold(storage.databases().control(), relay);
            switch (words.isEmpty() ? "" : words.getFirst()) {
                case "status" -> {
                    // Said below, as after every command.
                }
                case "hold" -> hold.hold(reason(words), clock.now());
                case "release" -> hold.release();
                default -> throw new SettingsProblem(USAGE);
            }
            System.out.println(
                    relay
                            + hold.state()
                                    .map(held ->
                                            " is held since " + held.at() + ": " + held.reason())
                                    .orElse(" takes mail"));
        }
    }

    private static String reason(List<String> words) {
        if (words.size() < 2) {
            throw new SettingsProblem(USAGE);
        }
        return String.join(" ", words.subList(1, words.size()));
    }
}
