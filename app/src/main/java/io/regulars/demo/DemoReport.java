package io.regulars.demo;

import static io.regulars.demo.Wording.text;

import java.net.URI;
import java.util.List;

/**
 * What stands there after a demo.
 *
 * @param signIn who may use the till, and where the password stands
 * @param purchases orders; rows of the file when the shop brought its own
 * @param mails birthday mails that were sent
 * @param sample a path of the API worth a look
 * @param again whether this was found, not made, by this start
 */
public record DemoReport(
        URI api,
        String key,
        String tenant,
        String signIn,
        String shop,
        String timeZone,
        String mailsLeaveAt,
        long members,
        long purchases,
        long mails,
        double seconds,
        String sample,
        boolean again,
        List<String> notes) {

    /** The same at a later start, which may be at another port and find its files elsewhere. */
    DemoReport seenAgain(URI apiNow, String signInNow, long mailsNow) {
        return new DemoReport(
                apiNow,
                key,
                tenant,
                signInNow,
                shop,
                timeZone,
                mailsLeaveAt,
                members,
                purchases,
                mailsNow,
                seconds,
                sample,
                true,
                notes);
    }

    /** For a person at a terminal. */
    public String block() {
        return block(Ink.NONE);
    }

    String block(Ink ink) {
        StringBuilder text = new StringBuilder();
        String headline = again ? " is still here" : " is open, and its regulars are in";
        text.append("  ").append(ink.strong(shop + headline)).append("\n\n");
        line(text, ink, "API", api + "/v1");
        line(text, ink, "Key", key + ink.faint("   (may do everything)"));
        line(text, ink, "Docs", api + "/docs");
        line(text, ink, "Inbox", api + "/inbox");
        line(text, ink, "Join", api + "/j/" + tenant + ink.faint("   (to print: …/poster)"));
        line(text, ink, "Till", api + "/till" + ink.faint("   (" + signIn + ")"));
        text.append("\n  ").append(happened(ink)).append("\n");
        text.append(
                text(
                                """
                                  Four campaigns run by themselves at %s each day, %s time:
                                  birthday offers, anniversary discounts, a monthly progress mail on the 1st, win-back offers.
                                """,
                                mailsLeaveAt, timeZone)
                        .indent(2));
        for (String note : notes) {
            text.append("  ").append(ink.warn("!")).append(" ").append(note).append("\n");
        }
        text.append("\n  Try next:\n");
        text.append(
                text(
                        "    curl -s -H 'Authorization: Bearer %s' \\\n      '%s%s'\n",
                        key, api, sample));
        return text.toString();
    }

    private String happened(Ink ink) {
        String counts =
                text("%,d members · %,d purchases · %,d birthday mails", members, purchases, mails);
        String took = text(again ? " · made in %.0f s at the first start" : " · %.0f s", seconds);
        return ink.strong(counts) + took;
    }

    private static void line(StringBuilder text, Ink ink, String name, String value) {
        text.append("  ").append(ink.faint(text("%-7s", name))).append(value).append("\n");
    }
}
