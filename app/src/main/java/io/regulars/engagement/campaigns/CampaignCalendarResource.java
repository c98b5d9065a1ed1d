package io.regulars.engagement.campaigns;

import io.dropwizard.auth.Auth;
import io.regulars.engagement.campaigns.CampaignCalendar.Calendar;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

@Path("/v1/campaigns/calendar")
@Tag(name = "Campaigns")
@Produces(MediaType.APPLICATION_JSON)
public final class CampaignCalendarResource {

    private final CampaignCalendar calendar;

    CampaignCalendarResource(CampaignCalendar calendar) {
        this.calendar = calendar;
    }

    @GET
    @AllowedTo(Audience.READERS)
    @Returns(Calendar.class)
    @Operation(
            summary = "What goes out when, to about how many",
            description =
                    "from and to are dates, both included, at most 62 days. Counted as members are now. Campaigns that answer to"
                            + " events have no day and are listed apart.")
    public Calendar show(
            @Auth Caller caller,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        LocalDate first = date("?from", from);
        LocalDate last = date("?to", to);
        if (last.isBefore(first)
                || ChronoUnit.DAYS.between(first, last) >= CampaignCalendar.MOST_DAYS) {
            throw Problem.invalid(
                    "?to",
                    "out_of_range",
                    "Must be from the first day to "
                            + (CampaignCalendar.MOST_DAYS - 1)
                            + " days after it.");
        }
        return calendar.of(caller.tenant(), first, last);
    }

    private static LocalDate date(String pointer, @Nullable String text) {
        try {
            LocalDate date = LocalDate.parse(text == null ? "" : text);
            if (date.getYear() >= 1900 && date.getYear() <= 2200) {
                return date;
            }
        } catch (DateTimeException e) {
            // Said below, with what would be right.
        }
        throw Problem.invalid(pointer, "invalid_date", "Must be a date, such as 2027-03-01.");
    }
}
