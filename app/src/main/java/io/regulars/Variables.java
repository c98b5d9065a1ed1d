package io.regulars;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says. Values that would be understood wrongly or late are refused by the
 * name of their variable, which is what the person has set.
 */
final class Variables {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final int HIGHEST_PORT = 65_535;
    private static final int HIGHEST_RATE = 1_000_000;

    private Variables() {}

    /**
     * The value of a variable; an empty one counts as absent, and its default holds.
     *
     * @throws SettingsProblem if it cannot be
     */
    static @Nullable String present(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        switch (name) {
            case "PORT", "ADMIN_PORT", "INBOUND_SMTP_PORT" -> number(name, value, HIGHEST_PORT);
            case "RATE_LIMIT", "RATE_LIMIT_ADDRESS" -> number(name, value, HIGHEST_RATE);
            case "PUBLIC_URL" -> webAddress(name, value);
            default -> {
                // Judged where it is used.
            }
        }
        return value;
    }

    private static void number(String name, String value, int highest) {
        if (!NUMBER.matcher(value).matches() || Integer.parseInt(value) > highest) {
            throw new SettingsProblem(
                    name + " must be a number from 0 to " + highest + "; it is: " + value);
        }
    }

    private static void webAddress(String name, String value) {
        if (!isWebAddress(value)) {
            throw new SettingsProblem(
                    name
                            + " must be the address at which browsers reach the service, such as"
                            + " https://loyalty.example.com; it is: "
                            + value);
        }
    }

    private static boolean isWebAddress(String value) {
        try {
            URI url = new URI(value);
            return url.getHost() != null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && ("https".equalsIgnoreCase(url.getScheme())
                            || "http".equalsIgnoreCase(url.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
