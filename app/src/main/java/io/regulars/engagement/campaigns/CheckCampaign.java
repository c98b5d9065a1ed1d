package io.regulars.engagement.campaigns;

import io.regulars.engagement.campaigns.Campaign.Definition;
import io.regulars.engagement.content.CheckContent;
import io.regulars.engagement.mail.Messages.MessageClass;
import io.regulars.engagement.segments.Segments;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Problem;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether a campaign can be kept as it is said. */
final class CheckCampaign {

    static final int LONGEST_NAME = 200;
    private static final int MOST_DAYS_BEFORE = 60;
    private static final int LONGEST_OFFER = 3650;
    private static final int MOST_POINTS = 1_000_000;

    /** Above it too few would be left who get the mail. */
    private static final int MOST_HELD_OUT = 90;

    private final Programs programs;
    private final CampaignKinds kinds;
    private final TenantDirectory directory;

    CheckCampaign(Programs programs, CampaignKinds kinds, TenantDirectory directory) {
        this.programs = programs;
        this.kinds = kinds;
        this.directory = directory;
    }

    /**
     * @throws Problem 422 that names every fault
     */
    void of(TenantTx tx, String name, Campaign.Kind key, Definition definition) {
        CampaignKind kind = kinds.of(key);
        List<FieldError> errors = new ArrayList<>();
        if (name.isBlank() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            errors.add(
                    new FieldError(
                            "/name",
                            "invalid_text",
                            "Must have 1 to " + LONGEST_NAME + " characters."));
        }
        schedule(kind, definition, errors);
        if (definition.holdout() < 0 || definition.holdout() > MOST_HELD_OUT) {
            errors.add(
                    new FieldError(
                            "/holdout_percent",
                            "out_of_range",
                            "Must be 0 to " + MOST_HELD_OUT + "."));
        }
        if (definition.segment() != null && !Segments.exists(tx, definition.segment())) {
            errors.add(
                    new FieldError(
                            "/audience/segment",
                            "unknown_segment",
                            "There is no segment " + definition.segment() + "."));
        }
        if (definition.offer() != null) {
            offer(tx, kind, definition.offer(), errors);
        }
        if (definition.content() != null) {
            errors.addAll(CheckContent.faults(definition.content(), use(tx, kind, definition)));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private CheckContent.Use use(TenantTx tx, CampaignKind kind, Definition definition) {
        Program.Brand brand = programs.inForce(tx).program().brand();
        String website =
                directory
                        .tenant(tx.tenant().id())
                        .map(shop -> shop.profile().website())
                        .orElse(null);
        Set<String> hosts = new TreeSet<>();
        CheckContent.host(brand == null ? null : brand.logoUrl()).ifPresent(hosts::add);
        CheckContent.host(website).ifPresent(hosts::add);
        return new CheckContent.Use(
                kind.message(), kind.messageClass(definition) == MessageClass.SERVICE, hosts);
    }

    /**
     * Whether it may begin now.
     *
     * @throws Problem 422
     */
    void start(TenantTx tx, Campaign campaign) {
        kinds.of(campaign)
                .whyNotNow(campaign.definition().timing(), tx.tenant().zone(), tx.now())
                .ifPresent(error -> {
                    throw Problem.invalid(List.of(error));
                });
    }

    private static void schedule(
            CampaignKind kind, Definition definition, List<FieldError> errors) {
        Set<String> strange = new TreeSet<>(definition.timing().said());
        strange.removeAll(kind.fields());
        for (String field : strange) {
            errors.add(
                    new FieldError(
                            "/schedule/" + field,
                            "not_for_this_kind",
                            "Means nothing for "
                                    + CampaignDao.key(kind.key())
                                    + ", which knows: "
                                    + (kind.fields().isEmpty()
                                            ? "no schedule"
                                            : String.join(", ", new TreeSet<>(kind.fields())))
                                    + "."));
        }
        if (definition.daysBefore() < 0 || definition.daysBefore() > MOST_DAYS_BEFORE) {
            errors.add(
                    new FieldError(
                            "/schedule/days_before",
                            "out_of_range",
                            "Must be 0 to " + MOST_DAYS_BEFORE + "."));
        }
        if (!definition.at().isBefore(Campaign.Schedule.LATEST)) {
            errors.add(
                    new FieldError(
                            "/schedule/at",
                            "out_of_range",
                            "Must lie before "
                                    + Campaign.Schedule.LATEST
                                    + ", when it is too late."));
        }
        kind.check(definition.timing(), errors);
    }

    private void offer(
            TenantTx tx, CampaignKind kind, Campaign.Offer offer, List<FieldError> errors) {
        if (!kind.takesOffer()) {
            errors.add(
                    new FieldError(
                            "/offer",
                            "not_for_this_kind",
                            "A mail that members get without having asked for advertising must not advertise."));
        }
        if ((offer.reward() == null) == (offer.points() == null)) {
            errors.add(
                    new FieldError(
                            "/offer",
                            "one_of",
                            "Needs either reward, a key of the program's, or points."));
        }
        if (offer.points() != null && (offer.points() < 1 || offer.points() > MOST_POINTS)) {
            errors.add(
                    new FieldError(
                            "/offer/points",
                            "out_of_range",
                            "Must be 1 to " + MOST_POINTS + "."));
        }
        if (offer.reward() != null
                && programs.inForce(tx).program().reward(offer.reward()).isEmpty()) {
            errors.add(
                    new FieldError(
                            "/offer/reward",
                            "unknown_reward",
                            "The published program has no reward " + offer.reward() + "."));
        }
        if (offer.budget() != null && offer.budget() < 1) {
            errors.add(new FieldError("/offer/budget", "out_of_range", "Must be at least 1."));
        }
        if (offer.validDays() != null
                && (offer.validDays() < 1 || offer.validDays() > LONGEST_OFFER)) {
            errors.add(
                    new FieldError(
                            "/offer/valid_days",
                            "out_of_range",
                            "Must be 1 to " + LONGEST_OFFER + "."));
        }
    }
}
