package io.regulars.platform.templates;

import io.regulars.platform.smtp.Lines;

/**
 * A mail's three parts.
 *
 * @param subject one line
 */
public record Rendered(String subject, Lines htmlLines, String text) {

    Rendered(String subject, String html, String text) {
        this(subject, Lines.of(html), text);
    }

    public String html() {
        return htmlLines.toString();
    }
}
