package io.regulars.platform.templates;

/** A mail's three parts. The subject is one line. */
public record Rendered(String subject, String html, String text) {}
