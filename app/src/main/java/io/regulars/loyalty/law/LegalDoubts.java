package io.regulars.loyalty.law;

import io.regulars.loyalty.program.Parts;
import io.regulars.loyalty.program.Program;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what may be wrong in law with a program that is made public. Rules R10 and R11 are not
 * among them: the ledger and the card keep them by what they are.
 */
public final class LegalDoubts {

    private final Jurisdictions jurisdictions = new Jurisdictions();

    /** In the order of the rules. */
    public List<Doubt> about(Program program, Announcement announcement) {
        ProgramLaw law = jurisdictions.in(announcement.country());
        ProgramLaw everywhere = jurisdictions.everywhere();
        List<Doubt> doubts = new ArrayList<>();
        if (Boolean.TRUE.equals(law.publicTerms())) {
            publicTerms(program.terms(), announcement, doubts);
        }
        change(program, announcement, law, doubts);
        end(program.terms(), announcement, law, doubts);
        authority(law, doubts);
        RewardDoubts rewards = new RewardDoubts(program, doubts);
        rewards.share(law);
        rewards.discounts(law);
        rewards.banned(Parts.of(law.bannedGoods()));
        rewards.chance(Parts.of(everywhere.chanceWords()));
        rewards.fairness();
        expiry(program.expiryPolicy(), law, everywhere, doubts);
        return List.copyOf(doubts);
    }

    private static void publicTerms(
            Program.@Nullable Terms terms, Announcement announcement, List<Doubt> doubts) {
        String rule = "R01";
        missing(rule, "/terms/text", terms == null ? null : terms.text(), "conditions", doubts);
        missing(rule, "/terms/area", terms == null ? null : terms.area(), "area", doubts);
        missing(rule, "/terms/starts_on", terms == null ? null : terms.startsOn(), "start", doubts);
        missing(
                rule,
                "/terms/contact",
                terms == null ? null : terms.contact(),
                "contact for complaints",
                doubts);

        missing(rule, "/terms", announcement.profile().legalName(), traders("legal_name"), doubts);
        missing(
                rule,
                "/terms",
                announcement.profile().postalAddress(),
                traders("postal_address"),
                doubts);
        missing(rule, "/terms", announcement.profile().phone(), traders("phone"), doubts);
    }

    private static String traders(String field) {
        return "trader's " + field + "; set it with PATCH /v1/tenant";
    }

    private static void missing(
            String rule, String pointer, @Nullable Object value, String what, List<Doubt> doubts) {
        if (value == null) {
            doubts.add(new Doubt(rule, pointer, "Public rules name the " + what + "."));
        }
    }

    private static void change(
            Program program, Announcement announcement, ProgramLaw law, List<Doubt> doubts) {
        Program before = announcement.before();
        Integer days = law.changeNoticeDays();
        if (before == null || days == null || before.equals(program)) {
            return;
        }
        if (announcement.reason() == null || announcement.reason().isBlank()) {
            doubts.add(new Doubt("R02", "/reason", "A change of public rules names its reason."));
        }
        if (announcement
                .effectiveAt()
                .isBefore(announcement.publishedAt().plus(Duration.ofDays(days)))) {
            doubts.add(
                    new Doubt(
                            "R02",
                            "/effective_at",
                            "Members should hear of a change "
                                    + days
                                    + " days before it takes effect."));
        }
        new Losses(before, program).addTo(doubts);
    }

    private static void end(
            Program.@Nullable Terms terms,
            Announcement announcement,
            ProgramLaw law,
            List<Doubt> doubts) {
        if (!Boolean.TRUE.equals(law.endDate())) {
            return;
        }
        LocalDate end = terms == null ? null : terms.endsOn();
        Program before = announcement.before();
        LocalDate endBefore =
                before == null || before.terms() == null ? null : before.terms().endsOn();
        if (end == null) {
            doubts.add(new Doubt("R03", "/terms/ends_on", "A promotion has an end date."));
        } else if (endBefore != null && end.isBefore(endBefore)) {
            doubts.add(
                    new Doubt(
                            "R03",
                            "/terms/ends_on",
                            "It was announced to run until "
                                    + endBefore
                                    + " and may be ended earlier in few cases only."));
        }
    }

    private static void authority(ProgramLaw law, List<Doubt> doubts) {
        if (law.authorityNoticeDays() != null) {
            doubts.add(
                    new Doubt(
                            "R04",
                            "/terms",
                            "The authority may have to be told of it (form 01) "
                                    + law.authorityNoticeDays()
                                    + " working days before it starts or changes."));
        }
    }

    private static void expiry(
            Program.Expiry expiry, ProgramLaw law, ProgramLaw everywhere, List<Doubt> doubts) {
        String rule = "R34";
        if (expiry.mode() == Program.Expiry.Mode.NONE) {
            return;
        }
        if (expiry.mode() == Program.Expiry.Mode.FIXED
                && Boolean.TRUE.equals(law.noFixedExpiry())) {
            doubts.add(
                    new Doubt(
                            rule,
                            "/expiry/mode",
                            "Points may not end by the passing of time alone; take inactivity."));
        }
        if (law.leastInactivityMonths() != null
                && expiry.monthCount() < law.leastInactivityMonths()) {
            doubts.add(
                    new Doubt(
                            rule,
                            "/expiry/months",
                            "Points should hold for "
                                    + law.leastInactivityMonths()
                                    + " months at least."));
        }
        Integer notice = everywhere.expiryNoticeDays();
        if (notice != null && expiry.warnings().stream().noneMatch(days -> days >= notice)) {
            doubts.add(
                    new Doubt(
                            rule,
                            "/expiry/warn_days",
                            "Members should be told "
                                    + notice
                                    + " days or more before their points end."));
        }
    }
}
