package io.regulars.platform.db;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Where a database is and who logs in there.
 *
 * @param jdbcUrl without credentials
 */
public record DatabaseUrl(String jdbcUrl, String user, String password) {

    /** Reads {@code postgresql://user:password@host:port/name?options}. */
    public static DatabaseUrl parse(String text) {
        URI uri = URI.create(text.strip());
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!List.of("postgresql", "postgres").contains(scheme)
                || uri.getHost() == null
                || uri.getRawPath() == null) {
            throw new IllegalArgumentException(
                    "DATABASE_URL must look like postgresql://user:password@host:5432/name");
        }
        String[] credentials = String.valueOf(uri.getRawUserInfo()).split(":", 2);
        if (uri.getRawUserInfo() == null || credentials.length != 2) {
            throw new IllegalArgumentException("DATABASE_URL must name a user and a password");
        }
        int port = uri.getPort() < 0 ? 5432 : uri.getPort();
        String options = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new DatabaseUrl(
                "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getRawPath() + options,
                decoded(credentials[0]),
                decoded(credentials[1]));
    }

    private static String decoded(String text) {
        // A plus sign in a password is a plus sign, not a blank.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return jdbcUrl + " as " + user;
    }
}
