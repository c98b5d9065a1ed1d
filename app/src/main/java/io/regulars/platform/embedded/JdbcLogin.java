package io.regulars.platform.embedded;

/** Everything a connection pool needs to log in once. */
public record JdbcLogin(String url, String user, String password) {
    /** Without the password: records end up in logs. */
    @Override
    public String toString() {
        return user + "@" + url;
    }
}
