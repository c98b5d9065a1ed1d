package io.regulars.engagement.mail;

import io.regulars.engagement.tracking.ConsentLinks;
import io.regulars.engagement.tracking.ConsentLinks.Question;
import io.regulars.loyalty.members.Consents;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.tenancy.tenants.Tenant;
import io.regulars.tenancy.tenants.TenantDirectory;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the answer to {@link AskForConsent}: the link in the mail, and the button behind it. */
public final class ConfirmConsent {

    private final TenantDb tenants;
    private final TenantDirectory directory;
    private final ConsentLinks links;

    ConfirmConsent(TenantDb tenants, TenantDirectory directory, ConsentLinks links) {
        this.tenants = tenants;
        this.directory = directory;
        this.links = links;
    }

    /** How it stands with a question. */
    public enum State {
        /** It waits for the answer. */
        OPEN,
        /** The member wants advertising. */
        GIVEN,
        /** It is too old, or the member has another address by now, or is none any more. */
        VOID
    }

    /**
     * A question as the member sees it.
     *
     * @param locale the member's, else the shop's
     * @param wording empty where there is nothing to agree to any more
     */
    public record Shown(Tenant shop, State state, String locale, String wording) {}

    /** Changes nothing: mail scanners follow every link. Empty for a token that is not ours. */
    public Optional<Shown> look(String token) {
        return within(token, false);
    }

    /** Records the yes, with the wording as it was shown when the member first said it. */
    public Optional<Shown> confirm(String token) {
        return within(token, true);
    }

    private Optional<Shown> within(String token, boolean answered) {
        return links.read(token)
                .flatMap(question ->
                        directory
                                .tenant(question.tenant())
                                .flatMap(shop ->
                                        side(question)
                                                .map(side ->
                                                        tenants.inTransaction(
                                                                side,
                                                                tx ->
                                                                        shown(
                                                                                tx, shop, question,
                                                                                answered)))));
    }

    private Optional<TenantRef> side(Question question) {
        return directory.findForMembers(question.tenant(), question.side());
    }

    private static Shown shown(TenantTx tx, Tenant shop, Question question, boolean answered) {
        Optional<MessageRow> found = new MessageDao(tx).find(new MessageId(question.message()));
        Optional<Member> member =
                found.flatMap(message -> MemberDirectory.find(tx, message.memberId()));
        String locale = member.map(Member::locale).orElseGet(() -> shop.locale().toLanguageTag());
        Map<?, ?> request = found.map(ConfirmConsent::request).orElse(Map.of());
        String wording = text(request, "wording");
        if (member.isEmpty() || !isAbout(tx, found.get(), member.get()) || wording.isEmpty()) {
            return new Shown(shop, State.VOID, locale, "");
        }
        if (member.get().marketingEmail()) {
            return new Shown(shop, State.GIVEN, locale, wording);
        }
        if (answered) {
            // The mailbox's owner said so, which is more than the page could know.
            Consents.resubscribe(
                    tx, member.get().id(), text(request, "source") + ":confirmed", wording);
            return new Shown(shop, State.GIVEN, locale, wording);
        }
        return new Shown(shop, State.OPEN, locale, wording);
    }

    /** Whether the mail went to the address that the member has now, and not too long ago. */
    private static boolean isAbout(TenantTx tx, MessageRow message, Member member) {
        return message.kind().equals(AskForConsent.KIND)
                && message.recipient() != null
                && message.recipient().equals(member.email())
                && tx.now().isBefore(message.plannedAt().plus(AskForConsent.VALID));
    }

    private static Map<?, ?> request(MessageRow message) {
        Map<String, Object> model = message.model();
        return model != null && model.get("request") instanceof Map<?, ?> request
                ? request
                : Map.of();
    }

    private static String text(Map<?, ?> request, String key) {
        @Nullable Object value = request.get(key);
        return value instanceof String text ? text : "";
    }
}
