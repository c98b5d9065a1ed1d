package io.regulars;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.dropwizard.logging.common.filter.FilterFactory;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps out of the log that a caller hung up in the middle of the answer, such as a browser that
 * went on to another page: Jersey tells of each with a stack trace, and there is nothing to do.
 */
@JsonTypeName("hung-up")
public final class HungUpFilterFactory implements FilterFactory<ILoggingEvent> {

    private static final String TELLER = "org.glassfish.jersey.";

    @Override
    public Filter<ILoggingEvent> build() {
        return new Filter<>() {
            @Override
            public FilterReply decide(ILoggingEvent event) {
                return event.getLoggerName().startsWith(TELLER) && hungUp(event.getThrowableProxy())
                        ? FilterReply.DENY
                        : FilterReply.NEUTRAL;
            }
        };
    }

    private static boolean hungUp(@Nullable IThrowableProxy thrown) {
        for (IThrowableProxy one = thrown; one != null; one = one.getCause()) {
            if (one.getClassName().equals(EofException.class.getName())) {
                return true;
            }
        }
        return false;
    }
}
