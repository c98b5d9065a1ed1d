package io.regulars.faults;

import io.regulars.ConsoleOutput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A {@link MailSink} as a process of its own, so that it can be killed. Arguments: port, file of
 * the mails, milliseconds a mail takes. It ends with its standard input.
 */
@ConsoleOutput
public final class SinkProgram {

    private SinkProgram() {}

    public static void main(String[] arguments) throws IOException {
        Post post = new Post(Path.of(arguments[1]));
        Duration each = Duration.ofMillis(Long.parseLong(arguments[2]));
        try (MailSink sink = new MailSink(Integer.parseInt(arguments[0]), post, each);
                BufferedReader orders =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(sink.port());
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                sink.behave(MailSink.Conduct.valueOf(order.strip()));
            }
        }
    }
}
