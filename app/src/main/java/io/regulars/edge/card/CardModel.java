package io.regulars.edge.card;

import io.regulars.edge.pages.HeldVoucher;
import io.regulars.edge.pages.Language;
import io.regulars.edge.pages.TermsWords;
import io.regulars.engagement.tracking.UnsubscribeLinks;
import io.regulars.loyalty.ledger.Account;
import io.regulars.loyalty.ledger.Accounts;
import io.regulars.loyalty.ledger.Balances;
import io.regulars.loyalty.ledger.LedgerHistory;
import io.regulars.loyalty.ledger.PointsView;
import io.regulars.loyalty.members.BirthDate;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberLinks;
import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.ProgramHistory;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.program.RewardConditions;
import io.regulars.loyalty.program.TierScheme;
import io.regulars.loyalty.program.Why;
import io.regulars.loyalty.rewards.QrCode;
import io.regulars.loyalty.rewards.Wallet;
import io.regulars.loyalty.stampcards.StampCardViews;
import io.regulars.loyalty.tiers.TierView;
import io.regulars.loyalty.tiers.Tiers;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.time.LocalTimes;
import io.regulars.tenancy.tenants.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** All that a card shows, read in the caller's transaction and written out for its reader. */
final class CardModel {

    private static final int HISTORY = 25;
    private static final int MOST_STAMPS = 30;
    private static final int WHOLE = 100;

    private final Programs programs;
    private final Wallet wallet;
    private final MemberLinks links;
    private final UnsubscribeLinks unsubscribeLinks;

    CardModel(
            Programs programs,
            Wallet wallet,
            MemberLinks links,
            UnsubscribeLinks unsubscribeLinks) {
        this.programs = programs;
        this.wallet = wallet;
        this.links = links;
        this.unsubscribeLinks = unsubscribeLinks;
    }

    /** What one card is written with. */
    private record Pen(
            TenantTx tx, Program program, TermsWords words, Language language, ZoneId zone) {

        String lastDay(Instant until) {
            return words.date(LocalTimes.lastDayBefore(until, zone));
        }

        int year(Instant at) {
            return at.atZone(zone).getYear();
        }

        String day(Instant at) {
            return words.date(at.atZone(zone).toLocalDate());
        }

        Locale locale() {
            return Locale.of(language.tag());
        }
    }

    Map<String, Object> of(TenantTx tx, Tenant shop, Member member, Language language) {
        ProgramHistory history = programs.history(tx);
        ProgramHistory.Version inForce = history.inForceAt(tx.now());
        Program program = inForce.program();
        TermsWords words = new TermsWords(language, program);
        ZoneId zone = member.timeZone() == null ? shop.zone() : ZoneId.of(member.timeZone());
        Pen pen = new Pen(tx, program, words, language, zone);
        UUID id = member.id().uuid();
        PointsView points = Balances.of(tx, id);
        Account account = Accounts.find(tx, id).orElseThrow();
        Map<String, Object> model = new HashMap<>();
        model.put("shop", shop.businessName());
        model.put("program", words.said(program.name()));
        put(
                model,
                "tagline",
                words.text(program.brand() == null ? null : program.brand().tagline()));
        model.put("terms_path", "/t/" + shop.id() + "?lang=" + language.tag());
        model.put("new_terms", member.programVersion() < inForce.number());
        model.put("lost_path", "/j/" + shop.id() + "/card");
        model.put("other", language == Language.VI ? "en" : "vi");
        points(model, pen, points);
        TierView tier = Tiers.of(tx, history, List.of(id)).get(id);
        if (tier != null) {
            model.put("tier", tier(pen, tier));
        }
        rewards(model, pen, account, points);
        model.put("vouchers", vouchers(pen, member));
        model.put("cards", cards(pen, member, account));
        model.put("history", history(pen, history, member));
        person(model, pen, member);
        return model;
    }

    private static void points(Map<String, Object> model, Pen pen, PointsView points) {
        model.put("has_points", pen.words().hasPoints() || points.available() > 0);
        put(model, "balance", pen.words().points(points.available()));
        if (points.pending() > 0) {
            put(model, "pending", pen.words().points(points.pending()));
        }
        if (points.debt() > 0) {
            put(model, "debt", pen.words().points(points.debt()));
        }
        model.put(
                "expiring",
                points.expiring().stream()
                        .filter(part -> part.at().isAfter(pen.tx().now()))
                        .limit(3)
                        .map(part ->
                                Map.of(
                                        "points", String.valueOf(pen.words().points(part.points())),
                                        "until", pen.lastDay(part.at())))
                        .toList());
    }

    private static Map<String, Object> tier(Pen pen, TierView tier) {
        TierView.Progress progress = tier.progress();
        TierScheme scheme = pen.program().tierScheme().orElseThrow();
        Map<String, Object> model = new HashMap<>();
        model.put("name", pen.words().said(tier.name()));
        put(model, "value", pen.words().measured(scheme, progress.value()));
        TierView.ToNext next = progress.toNext();
        if (next != null && next.missing() > 0) {
            long goal = progress.value() + next.missing();
            model.put("percent", percent(progress.value(), goal));
            put(model, "missing", pen.words().measured(scheme, next.missing()));
            model.put("next", levelName(pen, scheme, next.tier()));
        }
        TierView.ToKeep keep = progress.toKeep();
        if (keep != null) {
            model.put("keep_until", pen.lastDay(keep.by()));
            if (keep.missing() > 0) {
                put(model, "keep_missing", pen.words().measured(scheme, keep.missing()));
                keepPeriod(pen, scheme, keep.by()).ifPresent(year -> model.put("keep_year", year));
            }
        }
        return model;
    }

    /**
     * The calendar year in which it counts: the last one before the grace, or, in grace, the
     * present one. Other windows end with the tier.
     */
    private static Optional<String> keepPeriod(Pen pen, TierScheme scheme, Instant end) {
        if (scheme.window() != TierScheme.Window.CALENDAR_YEAR) {
            return Optional.empty();
        }
        int last = pen.year(end.minusNanos(1).minus(Duration.ofDays(scheme.graceDays())));
        return Optional.of(Integer.toString(Math.max(last, pen.year(pen.tx().now()))));
    }

    /** Never quite there before it is there. */
    static int percent(long value, long goal) {
        return (int) Math.max(0, Math.min(WHOLE - 1L, value * WHOLE / Math.max(1, goal)));
    }

    private static String levelName(Pen pen, TierScheme scheme, String key) {
        return scheme.level(key).map(level -> pen.words().said(level.name())).orElse(key);
    }

    private static void rewards(
            Map<String, Object> model, Pen pen, Account account, PointsView points) {
        List<Map<String, Object>> rewards = new ArrayList<>();
        for (Wallet.Reachable one :
                Wallet.reachable(pen.tx(), pen.program(), account, points.available())) {
            Map<String, Object> reward = new HashMap<>();
            reward.put("name", pen.words().said(one.reward().name()));
            put(reward, "cost", pen.words().points(one.cost()));
            RewardConditions.sentence(pen.locale(), pen.program(), one.reward())
                    .ifPresent(terms -> reward.put("terms", terms));
            Long value = one.reward().value();
            if (value != null && value > 0) {
                put(reward, "value", pen.words().money(value));
            }
            if (one.missing() > 0) {
                put(reward, "missing", pen.words().points(one.missing()));
                reward.put("percent", percent(points.available(), one.cost()));
            }
            rewards.add(reward);
        }
        model.put("rewards", rewards);
    }

    private List<Map<String, Object>> vouchers(Pen pen, Member member) {
        return wallet.of(pen.tx(), member.id()).stream()
                .map(held -> HeldVoucher.model(held, pen.program(), pen.language(), pen.zone()))
                .toList();
    }

    private static List<Map<String, Object>> cards(Pen pen, Member member, Account account) {
        return StampCardViews.of(pen.tx(), pen.program(), member.id(), account.stamps()).stream()
                .map(card -> {
                    long stamps = Math.max(0, card.stamps());
                    Map<String, Object> model = new HashMap<>();
                    model.put("name", pen.words().said(card.name()));
                    model.put("stamps", pen.words().number(stamps));
                    model.put("needed", pen.words().number(card.needed()));
                    model.put("reward", String.valueOf(pen.words().rewardName(card.reward())));
                    model.put(
                            "fields",
                            IntStream.range(0, Math.min(card.needed(), MOST_STAMPS))
                                    .mapToObj(i -> i < stamps)
                                    .toList());
                    return model;
                })
                .toList();
    }

    private static List<Map<String, Object>> history(
            Pen pen, ProgramHistory history, Member member) {
        return LedgerHistory.of(pen.tx(), member.id().uuid(), null, HISTORY).stream()
                .map(entry -> {
                    Map<String, Object> row = new HashMap<>();
                    row.put("day", pen.day(entry.occurredAt()));
                    row.put("gain", entry.points() > 0);
                    row.put(
                            "points",
                            (entry.points() > 0 ? "+" : "−")
                                    + pen.words().points(Math.abs(entry.points())));
                    row.put(
                            "why",
                            Why.sentence(
                                    pen.locale(),
                                    history.numbered(entry.programVersion()).program(),
                                    entry.kind(),
                                    entry.points(),
                                    entry.rule(),
                                    entry.inputs()));
                    return row;
                })
                .toList();
    }

    private void person(Map<String, Object> model, Pen pen, Member member) {
        put(model, "name", member.name());
        put(model, "email", member.email());
        put(model, "phone", member.phone());
        BirthDate birth = member.birthDate();
        if (birth != null) {
            model.put("birth_day", birth.day().getDayOfMonth());
            model.put("birth_month", birth.day().getMonthValue());
            if (birth.year() != null) {
                model.put("birth_year", birth.year());
            }
            model.put("birthday", birthday(pen, birth));
        }
        model.put("card_number", member.cardNumber().replaceAll("(.{4})(?=.)", "$1 "));
        model.put("card_qr", QrCode.svg(member.cardNumber()));
        model.put("marketing", member.marketingEmail());
        model.put("preferences", unsubscribeLinks.sign(pen.tx().tenant(), member.id()).getPath());
        if (pen.program().referral() != null) {
            model.put("referral_url", links.referral(pen.tx().tenant(), member).toString());
            Map<String, Object> referral = new HashMap<>();
            Map<String, @Nullable Object> terms = pen.words().referral();
            if (terms != null) {
                terms.forEach((key, value) -> put(referral, key, value));
            }
            model.put("referral", referral);
        }
        model.put("since", pen.day(member.joinedAt()));
    }

    private static boolean birthday(Pen pen, BirthDate birth) {
        LocalDate today = pen.tx().now().atZone(pen.zone()).toLocalDate();
        return birth.nextOnOrAfter(today).equals(today);
    }

    static void put(Map<String, Object> model, String key, @Nullable Object value) {
        if (value != null) {
            model.put(key, value);
        }
    }
}
