package io.regulars.platform.smtp;

import java.util.Map;

/**
 * A captured mail, opened. Headers are unfolded and decoded; values of a repeated header stand on
 * lines of their own.
 */
public record CapturedContent(Map<String, String> headers, String text, String html, String raw) {}
