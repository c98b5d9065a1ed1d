package io.regulars.engagement.mail;

import io.regulars.engagement.content.FillContent;
import io.regulars.engagement.content.FillContent.Chosen;
import io.regulars.engagement.law.MailLaws;
import io.regulars.engagement.mail.OutgoingDao.Departure;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberLinks;
import io.regulars.loyalty.program.Programs;
import io.regulars.loyalty.rewards.QrCode;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.smtp.AdvertisingHeaders;
import io.regulars.platform.smtp.Mailbox;
import io.regulars.platform.smtp.Outgoing;
import io.regulars.platform.templates.Rendered;
import io.regulars.platform.templates.Templates;
import io.regulars.tenancy.tenants.Profile;
import io.regulars.tenancy.tenants.Tenant;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a message and what is known of its member into a mail. */
final class Composer {

    /** The folder of templates that show what shops wrote themselves. */
    private static final String WRITTEN = "written";

    /** In a model: the shop's own address, where it may be used. */
    private static final String FROM = "from";

    /** A label that the shop put there itself: the law wants it once, and first. */
    private static final Pattern LABELS =
            Pattern.compile(
                    "^(?:\\s*[\\[(]\\s*(?:QC|AD)\\s*[\\])]\\s*)+", Pattern.CASE_INSENSITIVE);

    /** The mail by which somebody who filled in a join page shows that the address is theirs. */
    static final String JOIN_CONFIRM = "join_confirm";

    private final Templates templates;
    private final Programs programs;
    private final MailLaws laws;
    private final MailLinks links;
    private final OccasionModel occasions;
    private final MemberLinks memberLinks;
    private final Sender sender;

    Composer(
            Templates templates,
            Programs programs,
            MailLaws laws,
            MailLinks links,
            MemberLinks memberLinks,
            Sender sender) {
        this.templates = templates;
        this.programs = programs;
        this.laws = laws;
        this.links = links;
        this.memberLinks = memberLinks;
        this.occasions = new OccasionModel(links.answers());
        this.sender = sender;
    }

    /** What a group of messages is judged by and written from. */
    Group group(TenantTx tx, Tenant tenant, List<MessageRow> due, boolean planUsedUp) {
        return Group.of(tx, tenant, due, new Group.Outside(programs, laws, planUsedUp));
    }

    /** All that a mail will say, and in which language; it has only to be put into its template. */
    record Draft(MessageRow message, String address, String locale, Map<String, Object> model) {}

    /** A mail as it leaves, and as it is kept. */
    record Letter(MessageRow message, Departure departure, Rendered rendered) {}

    /** Fixes everything that the mail will say. */
    Draft draft(
            TenantTx tx,
            Tenant tenant,
            MessageRow message,
            DepartureCheck.Verdict.Go go,
            Group group) {
        Optional<Chosen> own =
                FillContent.choose(
                        group.content(message), locale(tenant, go.member()), tenant.locale());
        Locale locale = own.map(Chosen::locale).orElseGet(() -> locale(tenant, go.member()));
        String card = memberLinks.card(tx.tenant(), go.member()).toString();
        Map<String, Object> model =
                new MailModel(tx, tenant, group, go.member(), locale).of(message, occasions, card);
        model.put("terms_url", memberLinks.terms(tenant.id(), locale).toString());
        group.ownAddress().ifPresent(address -> model.put(FROM, address));
        if (message.isAdvertising()) {
            model.put(
                    "unsubscribe_url",
                    links.unsubscribe().sign(tx.tenant(), go.member().id()).toString());
            group.rules(go.member()).label(locale).ifPresent(label -> model.put("label", label));
        }
        if (message.kind().equals(JOIN_CONFIRM)) {
            // Nobody has shown yet that the address is theirs: no card, and no name that somebody
            // else may have typed.
            model.remove("standing");
            model.remove("name");
            model.put("link", memberLinks.confirm(tx.tenant(), go.member(), tx.now()).toString());
        }
        own.ifPresent(chosen -> {
            Map<String, Object> content =
                    FillContent.model(message.kind(), chosen.content(), model);
            if (group.countsClicks(go.member())) {
                countClicks(tx, message, content);
            }
            model.put("content", content);
        });
        return new Draft(message, go.address(), locale.toLanguageTag(), model);
    }

    /** Writes it; needs no transaction. */
    Letter letter(Draft draft) {
        MessageRow message = draft.message();
        Rendered rendered = rendered(message.kind(), draft.locale(), draft.model());
        return new Letter(
                message,
                new Departure(
                        message.id(),
                        draft.address(),
                        rendered.subject(),
                        draft.locale(),
                        draft.model()),
                rendered);
    }

    /** The buttons lead over us; where to stays in the model, and nowhere else. */
    private void countClicks(TenantTx tx, MessageRow message, Map<String, Object> content) {
        List<Map<String, Object>> blocks = FillContent.blocks(content);
        for (int i = 0; i < blocks.size(); i++) {
            Map<String, Object> block = blocks.get(i);
            if ("button".equals(block.get("type"))) {
                block.put("target", block.get("url"));
                block.put(
                        "url", links.clicks().sign(tx.tenant(), message.id().uuid(), i).toString());
            }
        }
    }

    /**
     * The mail as it was handed over, to be looked at.
     *
     * @param whole whether with all by which the reader could act for the member
     */
    Rendered shown(String kind, String localeTag, Map<String, Object> model, boolean whole) {
        return rendered(kind, localeTag, whole ? model : Harmless.model(model, sender.publicUrl()));
    }

    /** The mail as it was, or will be, handed over. */
    Rendered rendered(String kind, String localeTag, Map<String, Object> model) {
        Rendered rendered =
                templates.render(
                        model.containsKey("content") ? WRITTEN : kind,
                        Locale.forLanguageTag(localeTag),
                        withQrCodes(model));
        return model.get("label") instanceof String label
                ? new Rendered(
                        label + " " + LABELS.matcher(rendered.subject()).replaceFirst(""),
                        rendered.htmlLines(),
                        rendered.text())
                : rendered;
    }

    /** Drawn anew each time: what is kept of a mail need not hold a picture. */
    private static Map<String, Object> withQrCodes(Map<String, Object> model) {
        Map<String, Object> whole = new LinkedHashMap<>(model);
        for (String gift : List.of("voucher", "welcome_gift")) {
            if (model.get(gift) instanceof Map<?, ?> voucher
                    && voucher.get("code") instanceof String code) {
                Map<String, Object> shown = new LinkedHashMap<>();
                voucher.forEach((key, value) -> shown.put(String.valueOf(key), value));
                shown.put("qr", QrCode.runs(code.replace("-", "")));
                whole.put(gift, shown);
            }
        }
        return whole;
    }

    Outgoing outgoing(TenantRef side, Tenant tenant, Letter letter, Instant date) {
        MessageRow message = letter.message();
        Departure departure = letter.departure();
        Rendered rendered = letter.rendered();
        String returns = sender.returns().ofMessage(side, message.id().uuid());
        Profile profile = tenant.profile();
        String name = Optional.ofNullable(profile.senderName()).orElse(tenant.businessName());
        return new Outgoing(
                sender.takesReturns() ? returns + "@" + sender.domain() : sender.from().address(),
                new Mailbox(
                        name,
                        departure.model().get(FROM) instanceof String own
                                ? own
                                : sender.from().address()),
                replyTo(profile),
                Mailbox.of(departure.recipient()),
                rendered.subject(),
                rendered.htmlLines(),
                rendered.text(),
                // Relays name a mail by it when they tell what became of it.
                "<" + returns + "@" + sender.domain() + ">",
                headers(side, tenant, message, departure),
                date);
    }

    private Map<String, String> headers(
            TenantRef side, Tenant tenant, MessageRow message, Departure departure) {
        Object unsubscribe = departure.model().get("unsubscribe_url");
        return unsubscribe == null
                ? Map.of("X-Regulars-Message", message.id().toString())
                : AdvertisingHeaders.of(
                        URI.create(unsubscribe.toString()),
                        "offers."
                                + tenant.id().toString().replace('_', '-')
                                + "."
                                + sender.domain(),
                        message.id().toString(),
                        sender.takesReturns()
                                ? sender.returns().ofMember(side, message.memberId().uuid())
                                        + "@"
                                        + sender.domain()
                                : null);
    }

    private static @Nullable Mailbox replyTo(Profile profile) {
        return profile.email() == null || !Mailbox.accepts(profile.email())
                ? null
                : Mailbox.of(profile.email());
    }

    private static Locale locale(Tenant tenant, Member member) {
        return member.locale() == null ? tenant.locale() : Locale.forLanguageTag(member.locale());
    }
}
