package io.regulars.tenancy.signups;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Mailboxes that anybody opens for ten minutes. Whoever signs up with one is let in, for some have
 * their reasons; but the shop is marked, and proves itself with less mail at first.
 */
final class DisposableAddresses {

    private static final String LIST = "/disposable-domains.txt";

    /** Read when somebody signs up for the first time. */
    private static final class Domains {
        private static final Set<String> ALL = read();
    }

    private DisposableAddresses() {}

    /** Whether the address is at one of the known domains, or below it. */
    static boolean has(String email) {
        String domain = email.substring(email.lastIndexOf('@') + 1);
        while (domain.contains(".")) {
            if (Domains.ALL.contains(domain)) {
                return true;
            }
            domain = domain.substring(domain.indexOf('.') + 1);
        }
        return false;
    }

    private static Set<String> read() {
        try (InputStream in =
                        Objects.requireNonNull(
                                DisposableAddresses.class.getResourceAsStream(LIST), LIST);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
