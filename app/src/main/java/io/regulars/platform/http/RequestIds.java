package io.regulars.platform.http;

import io.regulars.platform.ids.TypeIds;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Gives every request a name that the answer carries and every log line of it shows. */
public final class RequestIds implements Filter {

    public static final String HEADER = "X-Request-Id";

    /**
     * In the MDC, and in the attributes of the request for those that run outside of this filter.
     */
    static final String KEY = "request_id";

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** The id of the request this thread works on. */
    public static @Nullable String current() {
        return MDC.get(KEY);
    }

    /** The caller's own id where it can be logged and echoed safely, else a new one. */
    static String of(@Nullable String given) {
        return given != null && SANE.matcher(given).matches()
                ? given
                : TypeIds.format("req", TypeIds.next());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String id = of(((HttpServletRequest) request).getHeader(HEADER));
        request.setAttribute(KEY, id);
        ((HttpServletResponse) response).setHeader(HEADER, id);
        try (MDC.MDCCloseable _ = MDC.putCloseable(KEY, id)) {
            chain.doFilter(request, response);
        }
    }
}
