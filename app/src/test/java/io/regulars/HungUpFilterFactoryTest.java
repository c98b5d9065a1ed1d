package io.regulars;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HungUpFilterFactoryTest {

    private static final String JERSEY = "org.glassfish.jersey.server.ServerRuntime$Responder";

    @Test
    void onlyThatACallerHungUpIsKeptOutOfTheLog() {
        assertThat(reply(JERSEY, new IllegalStateException(new EofException("Broken pipe"))))
                .isEqualTo(FilterReply.DENY);
        assertThat(reply(JERSEY, new IllegalStateException(new IOException("Disk full"))))
                .isEqualTo(FilterReply.NEUTRAL);
        assertThat(reply("io.regulars.Service", new EofException("Broken pipe")))
                .isEqualTo(FilterReply.NEUTRAL);
        assertThat(reply(JERSEY, null)).isEqualTo(FilterReply.NEUTRAL);
    }

    private static FilterReply reply(String logger, @Nullable Throwable thrown) {
        return new HungUpFilterFactory()
                .build()
                .decide(
                        new LoggingEvent(
                                "",
                                new LoggerContext().getLogger(logger),
                                Level.ERROR,
                                "An I/O error",
                                thrown,
                                null));
    }
}
