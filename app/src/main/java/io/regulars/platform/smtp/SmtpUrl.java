package io.regulars.platform.smtp;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the relay is and how to talk to it: {@code
 * smtp://user:password@host:587?starttls=required}, {@code smtps://host}. Special characters in
 * user and password are percent-encoded. Options: {@code starttls} (required, optional, off),
 * {@code connections}, {@code messages} (for each connection), {@code helo}, and the time-outs
 * {@code connect}, {@code read}, {@code write}, {@code idle}, {@code wait} as {@code 500ms}, {@code
 * 30s}, {@code 2m}.
 *
 * <p>Without a word on STARTTLS it is used when offered; but a password goes out unencrypted only
 * to this very machine, or when {@code starttls=off} says so.
 */
public record SmtpUrl(
        String host,
        int port,
        Tls tls,
        @Nullable Login login,
        @Nullable String helo,
        Pool pool,
        Timeouts timeouts) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(?<scheme>smtps?)://(?:(?<user>[^:@/?#]*)(?::(?<password>[^@/?#]*))?@)?"
                            + "(?<host>\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]+)(?::(?<port>[0-9]{1,5}))?/?(?:\\?(?<options>[^#]*))?",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m)");
    private static final Set<String> OPTIONS =
            Set.of(
                    "starttls",
                    "connections",
                    "messages",
                    "helo",
                    "connect",
                    "read",
                    "write",
                    "idle",
                    "wait");

    /** How the connection is encrypted: from its first byte, by STARTTLS, or not. */
    public enum Tls {
        IMPLICIT,
        STARTTLS_REQUIRED,
        STARTTLS_OPTIONAL,
        NONE
    }

    /** Who we are to the relay. Prints the user only. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user + ":***";
        }
    }

    /** How many connections are held, and how many mails go over one before it is renewed. */
    public record Pool(int connections, int messagesPerConnection) {}

    /** Every wait has an end; {@code free} is the wait for a connection of the pool. */
    public record Timeouts(
            Duration connect, Duration read, Duration write, Duration idle, Duration free) {}

    public static SmtpUrl parse(String url) {
        Matcher form = FORM.matcher(url.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "Not an SMTP address; it looks like smtp://user:password@host:587?starttls=required,"
                            + " with special characters in user and password percent-encoded");
        }
        boolean implicit = form.group("scheme").equalsIgnoreCase("smtps");
        Map<String, String> options = options(form.group("options"));
        Login login = login(form.group("user"), form.group("password"));
        String host = form.group("host").replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
        return new SmtpUrl(
                host,
                port(form.group("port"), implicit),
                implicit
                        ? Tls.IMPLICIT
                        : tls(options.get("starttls"), login != null && !isLoopback(host)),
                login,
                options.get("helo"),
                new Pool(
                        count(options, "connections", 4, 100),
                        count(options, "messages", 100, 10_000)),
                new Timeouts(
                        duration(options, "connect", Duration.ofSeconds(15)),
                        duration(options, "read", Duration.ofSeconds(60)),
                        duration(options, "write", Duration.ofSeconds(60)),
                        duration(options, "idle", Duration.ofSeconds(30)),
                        duration(options, "wait", Duration.ofSeconds(60))));
    }

    /** Whether the relay is this machine itself, by name or number. */
    public boolean isLoopback() {
        return isLoopback(host);
    }

    /** The address without the password, fit for logs and people. */
    @Override
    public String toString() {
        return (tls == Tls.IMPLICIT ? "smtps://" : "smtp://")
                + (login == null ? "" : login + "@")
                + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
                + ":"
                + port;
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    private static Map<String, String> options(@Nullable String query) {
        Map<String, String> options = new HashMap<>();
        if (query == null || query.isEmpty()) {
            return options;
        }
        for (String pair : query.split("&", -1)) {
            int is = pair.indexOf('=');
            String name = is < 0 ? pair : pair.substring(0, is);
            if (is < 0 || !OPTIONS.contains(name) || options.containsKey(name)) {
                throw new IllegalArgumentException(
                        "SMTP address: unknown, empty or repeated option "
                                + HeaderText.clean(name));
            }
            options.put(
                    name,
                    HeaderText.requirePrintable(
                            "SMTP option " + name, decoded(pair.substring(is + 1))));
        }
        return options;
    }

    private static @Nullable Login login(@Nullable String user, @Nullable String password) {
        if (user == null || user.isEmpty()) {
            return null;
        }
        if (password == null || password.isEmpty()) {
            throw new IllegalArgumentException("SMTP address: a user needs a password");
        }
        return new Login(decoded(user), decoded(password));
    }

    /** Percent-decoding only: a plus sign in a password is a plus sign. */
    private static String decoded(String encoded) {
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static int port(@Nullable String digits, boolean implicit) {
        int port = digits == null ? (implicit ? 465 : 587) : Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("SMTP address: no such port " + port);
        }
        return port;
    }

    private static Tls tls(@Nullable String option, boolean secretAtRisk) {
        if (option == null) {
            return secretAtRisk ? Tls.STARTTLS_REQUIRED : Tls.STARTTLS_OPTIONAL;
        }
        return switch (option) {
            case "required" -> Tls.STARTTLS_REQUIRED;
            case "optional" -> Tls.STARTTLS_OPTIONAL;
            case "off" -> Tls.NONE;
            default ->
                    throw new IllegalArgumentException(
                            "SMTP address: starttls is required, optional or off");
        };
    }

    private static int count(Map<String, String> options, String name, int absent, int most) {
        String digits = options.get(name);
        if (digits == null) {
            return absent;
        }
        int count = digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : 0;
        if (count < 1 || count > most) {
            throw new IllegalArgumentException(
                    "SMTP address: " + name + " is a number from 1 to " + most);
        }
        return count;
    }

    private static Duration duration(Map<String, String> options, String name, Duration absent) {
        String given = options.get(name);
        if (given == null) {
            return absent;
        }
        Matcher form = DURATION.matcher(given);
        // Nought would mean "for ever" to a socket.
        if (!form.matches() || Integer.parseInt(form.group(1)) == 0) {
            throw new IllegalArgumentException(
                    "SMTP address: " + name + " is a time such as 500ms, 30s or 2m");
        }
        int number = Integer.parseInt(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }
}
