package io.regulars.platform.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HTTP calls to addresses that shops name, with a limit on everything the other side can do:
 * addresses are checked and pinned, redirects are an answer like any other, ten seconds in all
 * whatever trickles in, 64 KB of the answer, no proxy, no cookies, no second try. TLS asks for the
 * name, not for the address. Each call has a connection of its own.
 */
public final class OutsideCalls implements AutoCloseable {

    static final Duration IN_ALL = Duration.ofSeconds(10);
    static final int MOST_BYTES = 64 * 1024;

    /** Waiting for a connection of ours takes from the other side's time, so it is short. */
    private static final Duration TO_BEGIN = Duration.ofSeconds(1);

    private static final Duration TO_CONNECT = Duration.ofSeconds(5);
    private static final int LONGEST_LINE = 8 * 1024;
    private static final int MOST_HEADERS = 100;

    private final CloseableHttpClient client;
    private final Duration inAll;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param mostAtOnce how many calls may run side by side: as many as all who call make together
     */
    public OutsideCalls(Targets targets, int mostAtOnce) {
        this(targets, mostAtOnce, IN_ALL);
    }

    OutsideCalls(Targets targets, int mostAtOnce, Duration inAll) {
        this.client = client(targets, mostAtOnce);
        this.inAll = inAll;
    }

    /**
     * Posts JSON. Never throws for what the other side does, or for where it is said to be.
     *
     * @return empty where no connection was free here, so that nobody was called
     */
    public Optional<Answer> post(URI uri, Map<String, String> headers, String json) {
        HttpPost request;
        try {
            request = new HttpPost(uri);
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    new Answer.Silent("nobody can be called at this address", Duration.ZERO));
        }
        headers.forEach(request::setHeader);
        request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
        return withinTime(request);
    }

    private Optional<Answer> withinTime(HttpPost request) {
        long start = System.nanoTime();
        // In a thread of its own, because a look-up of a name cannot be interrupted by anything.
        Future<Answer> running = threads.submit(() -> execute(request, start));
        try {
            return Optional.of(running.get(inAll.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return silent("no whole answer within " + inAll.toSeconds() + " s", start);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return silent("the service is being stopped", start);
        } catch (ExecutionException e) {
            return e.getCause() instanceof ConnectionRequestTimeoutException
                    ? Optional.empty()
                    : silent(
                            Optional.ofNullable(e.getCause())
                                    .map(OutsideCalls::reason)
                                    .orElse("the connection broke"),
                            start);
        } finally {
            request.cancel();
            running.cancel(true);
        }
    }

    private static Optional<Answer> silent(String reason, long start) {
        return Optional.of(new Answer.Silent(reason, since(start)));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }

    private Answer execute(HttpPost request, long start) throws IOException, HttpException {
        ClassicHttpResponse response = client.executeOpen(null, request, null);
        try {
            String body = beginning(response.getEntity());
            return new Answer.Said(response.getCode(), body, retryAfter(response), since(start));
        } finally {
            hangUp(request, response);
        }
    }

    /** The connection is cut first: an answer that is closed politely is read to its end. */
    private static void hangUp(HttpPost request, ClassicHttpResponse response) {
        request.cancel();
        try {
            response.close();
        } catch (IOException e) {
            // The other side was still talking.
        }
    }

    private static String beginning(@Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        InputStream content = entity.getContent();
        return content == null
                ? ""
                : new String(content.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }

    /** Seconds only; a date would be one of another clock. */
    private static Optional<Duration> retryAfter(ClassicHttpResponse response) {
        return Optional.ofNullable(response.getFirstHeader("Retry-After"))
                .map(Header::getValue)
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    /** For a person who looks for the fault, and without what a stranger's server wrote. */
    private static String reason(Throwable error) {
        return switch (error) {
            case ForbiddenTarget forbidden -> String.valueOf(forbidden.getMessage());
            case UnknownHostException _ -> "the name cannot be resolved";
            case ConnectTimeoutException _ ->
                    "no connection within " + TO_CONNECT.toSeconds() + " s";
            case SocketTimeoutException _ -> "no answer in time";
            case ConnectException _, NoRouteToHostException _ -> "the connection was refused";
            case SSLException tls -> "TLS failed: " + tls.getMessage();
            case HttpException _ -> "the answer is not HTTP";
            default -> "the connection broke: " + error.getClass().getSimpleName();
        };
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static CloseableHttpClient client(Targets targets, int mostAtOnce) {
        PoolingHttpClientConnectionManager connections =
                PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(pinned(targets))
                        .setConnectionFactory(
                                ManagedHttpClientConnectionFactory.builder()
                                        .http1Config(
                                                Http1Config.custom()
                                                        .setMaxLineLength(LONGEST_LINE)
                                                        .setMaxHeaderCount(MOST_HEADERS)
                                                        .build())
                                        .build())
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(timeout(TO_CONNECT))
                                        .setSocketTimeout(timeout(IN_ALL))
                                        .build())
                        .setMaxConnTotal(mostAtOnce)
                        .setMaxConnPerRoute(mostAtOnce)
                        .build();
        return HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(
                        RequestConfig.custom()
                                .setConnectionRequestTimeout(timeout(TO_BEGIN))
                                .setResponseTimeout(timeout(IN_ALL))
                                .setProtocolUpgradeEnabled(false)
                                .build())
                .setConnectionReuseStrategy((_, _, _) -> false)
                .setUserAgent("Regulars/1 (+https://www.standardwebhooks.com)")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** The client connects to what this answers, and asks once for each call. */
    private static DnsResolver pinned(Targets targets) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return targets.addresses(host).toArray(InetAddress[]::new);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    private static Timeout timeout(Duration duration) {
        return Timeout.ofMilliseconds(duration.toMillis());
    }
}
