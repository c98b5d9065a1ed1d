package io.regulars.edge.retention;

import java.time.Duration;

/**
 * For how long things are kept.
 *
 * @param messages after which address, subject and text of a mail are forgotten; that it was sent,
 *     and what came of it, stays for the reports
 */
public record Periods(
        Duration events, Duration messages, Duration webhookDeliveries, Duration audit) {}
