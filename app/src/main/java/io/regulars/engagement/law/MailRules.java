package io.regulars.engagement.law;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What holds for the mails to one member.
 *
 * @param subjectLabel first in the subject of advertising: by language, {@code other} for the rest;
 *     empty where none is asked for
 * @param adsPerDay so much advertising may reach one address within 24 hours
 * @param confirmOptOut whether a no is confirmed by mail
 * @param quietHours in which no advertising is sent; of several, all are kept
 * @param minimumAge who is known to be younger gets no advertising
 */
public record MailRules(
        Map<String, String> subjectLabel,
        int adsPerDay,
        boolean confirmOptOut,
        List<QuietHours> quietHours,
        int minimumAge) {

    private static final String OTHER = "other";

    public MailRules {
        subjectLabel = Map.copyOf(subjectLabel);
        quietHours = List.copyOf(quietHours);
    }

    /** From one hour to another, mostly over midnight. */
    public record QuietHours(LocalTime from, LocalTime until) {

        boolean hold(LocalTime time) {
            return from.isBefore(until)
                    ? !time.isBefore(from) && time.isBefore(until)
                    : !time.isBefore(from) || time.isBefore(until);
        }

        /** This moment, or the end of the quiet hours that it lies in. */
        private Instant over(Instant moment, ZoneId zone) {
            LocalDateTime local = LocalDateTime.ofInstant(moment, zone);
            if (!hold(local.toLocalTime())) {
                return moment;
            }
            LocalDateTime end = local.toLocalDate().atTime(until);
            return (end.isAfter(local) ? end : end.plusDays(1)).atZone(zone).toInstant();
        }
    }

    /** The label for a mail in this language, if there must be one. */
    public Optional<String> label(Locale language) {
        return Optional.ofNullable(
                subjectLabel.getOrDefault(language.getLanguage(), subjectLabel.get(OTHER)));
    }

    /** When advertising may leave: now, or at the end of the quiet hours. */
    public Instant advertisingFrom(Instant now, ZoneId zone) {
        Instant from = now;
        // The end of one may lie within another; more than once round there is no more to find.
        for (int i = 0; i < quietHours.size(); i++) {
            for (QuietHours quiet : quietHours) {
                from = quiet.over(from, zone);
            }
        }
        return from;
    }
}
