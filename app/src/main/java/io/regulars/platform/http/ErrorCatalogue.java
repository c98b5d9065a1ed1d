package io.regulars.platform.http;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@link ProblemType} for people: {@code docs/errors.md} and {@code /docs/errors}. */
public final class ErrorCatalogue {

    private static final String INTRODUCTION =
            "Every refusal is `application/problem+json` (RFC 9457): `type`, `title`, `status`, `detail`, `code`, `request_id`,"
                    + " and where it helps `errors` with a `pointer`, a `code` and a `detail` for each part that is not right."
                    + " Programs go by `code`; `detail` is for people and may change.";

    private ErrorCatalogue() {}

    /** The text of {@code docs/errors.md}. */
    public static String markdown() {
        String rows =
                sorted().stream()
                        .map(type ->
                                "| "
                                        + type.status()
                                        + " | `"
                                        + type.code()
                                        + "` | "
                                        + type.title()
                                        + " |\n")
                        .collect(Collectors.joining());
        return "# Errors\n\n"
                + "<!-- Made from ProblemType by ErrorCatalogue; do not edit. -->\n\n"
                + INTRODUCTION
                + "\n\n| status | code | meaning |\n|---|---|---|\n"
                + rows;
    }

    static String html() {
        String rows =
                sorted().stream()
                        .map(type ->
                                "<tr id=\""
                                        + type.code()
                                        + "\"><td>"
                                        + type.status()
                                        + "</td><td><code>"
                                        + type.code()
                                        + "</code></td><td>"
                                        + type.title()
                                        + "</td></tr>\n")
                        .collect(Collectors.joining());
        return String.format(
                Locale.ROOT,
                """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Regulars API: errors</title>
                <link rel="stylesheet" href="/docs/assets/docs.css">
                </head>
                <body>
                <main class="page">
                <h1>Errors</h1>
                <p>%s</p>
                <table>
                <thead><tr><th>Status</th><th>Code</th><th>Meaning</th></tr></thead>
                <tbody>
                %s</tbody>
                </table>
                <p><a href="/docs">All calls</a></p>
                </main>
                </body>
                </html>
                """,
                INTRODUCTION.replaceAll("`([^`]*)`", "<code>$1</code>"),
                rows);
    }

    private static List<ProblemType> sorted() {
        return Stream.of(ProblemType.values())
                .sorted(
                        Comparator.comparingInt(ProblemType::status)
                                .thenComparing(ProblemType::code))
                .toList();
    }
}
