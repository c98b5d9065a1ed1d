package io.regulars.platform.smtp;

import java.time.Instant;

/**
 * A line of the inbox. The addresses are bare; {@code sentAt} is what the mail's own Date header
 * says.
 */
public record CapturedMail(String id, String from, String to, String subject, Instant sentAt) {}
