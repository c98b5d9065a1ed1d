package io.regulars.edge.pages;

import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.RewardConditions;
import io.regulars.loyalty.rewards.Wallet;
import io.regulars.platform.time.LocalTimes;
import java.net.URI;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A voucher that a member may use, as each page shows it. */
public final class HeldVoucher {

    private HeldVoucher() {}

    /**
     * What the layout's {@code voucher} takes.
     *
     * @param zone in whose days its end is told
     */
    public static Map<String, Object> model(
            Wallet.Held held, Program program, Language language, ZoneId zone) {
        TermsWords words = new TermsWords(language, program);
        Map<String, Object> voucher = new HashMap<>();
        voucher.put("name", words.said(held.reward().name()));
        voucher.put("code", held.code().replaceAll("(.{4})(?=.)", "$1-"));
        voucher.put("qr", URI.create(held.qrUrl()).getPath());
        voucher.put("again", held.reward().isReusable());
        if (held.expiresAt() != null) {
            voucher.put("until", words.date(LocalTimes.lastDayBefore(held.expiresAt(), zone)));
        }
        RewardConditions.sentence(Locale.of(language.tag()), program, held.reward())
                .ifPresent(terms -> voucher.put("terms", terms));
        return voucher;
    }
}
