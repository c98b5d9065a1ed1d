package io.regulars.engagement.pace;

import java.time.Instant;

/** What a domain was slowed to, and when. */
record Slowed(double perSecond, Instant at) {}
