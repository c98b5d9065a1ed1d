package io.regulars.edge.pages;

import io.regulars.engagement.mail.StopAdvertising;
import io.regulars.engagement.mail.Topic;
import io.regulars.engagement.mail.Wishes;
import io.regulars.engagement.tracking.UnsubscribeLinks;
import io.regulars.engagement.tracking.UnsubscribeLinks.Recipient;
import io.regulars.events.Audit;
import io.regulars.loyalty.members.Consents;
import io.regulars.loyalty.members.Member;
import io.regulars.loyalty.members.MemberDirectory;
import io.regulars.loyalty.members.MemberId;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantRef;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Actors;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.http.Returns;
import io.regulars.tenancy.tenants.Tenant;
import io.regulars.tenancy.tenants.TenantDirectory;
import io.regulars.tenancy.tenants.TenantState;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a member stops a shop's advertising, or asks for it again; also the target of the mailbox
 * providers' one click (RFC 8058). To stop is never refused for load, login or a suspended shop.
 */
@HtmlFaults
@Path("/u/{token}")
@Produces("text/html; charset=utf-8")
public final class OffersPage {

    private static final Duration UPGRADE = Duration.ofSeconds(30);

    private final Pages pages;
    private final UnsubscribeLinks links;
    private final StopAdvertising stopAdvertising;
    private final TenantDirectory directory;
    private final TenantDb tenants;
    private final Programs programs;
    private final FormGuard guard;

    OffersPage(
            Pages pages,
            UnsubscribeLinks links,
            StopAdvertising stopAdvertising,
            TenantDirectory directory,
            TenantDb tenants,
            Programs programs,
            FormGuard guard) {
        this.pages = pages;
        this.links = links;
        this.stopAdvertising = stopAdvertising;
        this.directory = directory;
        this.tenants = tenants;
        this.programs = programs;
        this.guard = guard;
    }

    @GET
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response show(
            @PathParam("token") String token,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage) {
        return answer(token, acceptLanguage, "asked", (_, _) -> {});
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @AllowedTo(Audience.ANYONE)
    @Returns(String.class)
    public Response act(
            @PathParam("token") String token,
            @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String acceptLanguage,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            byte @Nullable [] body) {
        Answer said = Answer.of(contentType, body == null ? new byte[0] : body);
        if (!(said instanceof Answer.Stop) && links.read(token).isPresent()) {
            guard.admit(token);
        }
        return switch (said) {
            case Answer.Stop(String source) ->
                    answer(
                            token,
                            acceptLanguage,
                            "stopped",
                            noted((tx, reader) ->
                                    stopAdvertising.stop(tx, reader.member(), source)));
            case Answer.Choose(Set<Topic> wanted) ->
                    answer(
                            token,
                            acceptLanguage,
                            "chosen",
                            noted((tx, reader) ->
                                    Wishes.choose(
                                            tx, reader.member(), wanted, "unsubscribe_page")));
            case Answer.Resume(Language language) ->
                    answer(
                            token,
                            acceptLanguage,
                            "resumed",
                            noted((tx, reader) ->
                                    Consents.resubscribe(
                                            tx,
                                            reader.member(),
                                            "unsubscribe_page",
                                            ConsentWording.of(
                                                    language, reader.shop().businessName()))));
        };
    }

    /** Who holds the link, and whose it is. */
    private record Reader(Tenant shop, MemberId member) {}

    private Response answer(
            String token,
            @Nullable String acceptLanguage,
            String event,
            BiConsumer<TenantTx, Reader> change) {
        Optional<Recipient> recipient = links.read(token);
        if (recipient.isEmpty()) {
            return pages.answer(404, Language.asked(acceptLanguage), "link_unknown", Map.of());
        }
        Optional<Tenant> shop =
                directory
                        .tenant(recipient.get().tenant())
                        .filter(tenant -> tenant.state() != TenantState.DELETED);
        Optional<Known> known = shop.flatMap(found -> changed(found, recipient.get(), change));
        if (shop.isEmpty() || known.isEmpty()) {
            return pages.answer(410, Language.asked(acceptLanguage), "offers_gone", Map.of());
        }
        return page(shop.get(), known.get(), acceptLanguage, event);
    }

    /** A member, the topics that he or she wants, and the shop's colours. */
    private record Known(Member member, Set<Topic> wanted, BrandStyle brand) {}

    private Optional<Known> changed(
            Tenant shop, Recipient recipient, BiConsumer<TenantTx, Reader> change) {
        TenantRef side =
                directory
                        .findForMembers(shop.id(), recipient.side())
                        .orElseThrow(() ->
                                Problem.of(
                                                ProblemType.SCHEMA_OUTDATED,
                                                "This shop's data is being upgraded; try again in a moment.")
                                        .retryAfter(UPGRADE));
        return tenants.inTransaction(
                side,
                tx -> {
                    change.accept(tx, new Reader(shop, recipient.member()));
                    return MemberDirectory.find(tx, recipient.member())
                            .map(member ->
                                    new Known(
                                            member,
                                            wanted(tx, member),
                                            BrandStyle.now(tx, programs)));
                });
    }

    /** The same, with a line in the audit log where the member's mind has changed. */
    private static BiConsumer<TenantTx, Reader> noted(BiConsumer<TenantTx, Reader> change) {
        return (tx, reader) -> {
            Set<String> before = granted(tx, reader.member());
            change.accept(tx, reader);
            Set<String> after = granted(tx, reader.member());
            List<String> changed =
                    Stream.concat(before.stream(), after.stream())
                            .filter(purpose ->
                                    !before.contains(purpose) || !after.contains(purpose))
                            .sorted()
                            .toList();
            if (!changed.isEmpty()) {
                String id = reader.member().toString();
                Actors.as(id, () -> Audit.noteOfMember(tx, "member.consent_changed", id, changed));
            }
        };
    }

    private static Set<String> granted(TenantTx tx, MemberId id) {
        return MemberDirectory.find(tx, id).stream()
                .flatMap(member ->
                        Stream.concat(
                                Stream.of("marketing_email").filter(_ -> member.marketingEmail()),
                                wanted(tx, member).stream().map(Topic::key)))
                .collect(Collectors.toSet());
    }

    private static Set<Topic> wanted(TenantTx tx, Member member) {
        Wishes wishes = Wishes.of(tx, List.of(member.id()));
        return Arrays.stream(Topic.values())
                .filter(topic -> wishes.wants(member.id(), topic))
                .collect(Collectors.toSet());
    }

    private Response page(Tenant shop, Known known, @Nullable String acceptLanguage, String event) {
        Member member = known.member();
        Language language =
                Language.of(acceptLanguage, member.locale(), shop.locale().toLanguageTag());
        Map<String, Object> model = new HashMap<>();
        model.put("shop", shop.businessName());
        model.put("event", event);
        model.put("subscribed", member.marketingEmail());
        model.put("wording", ConsentWording.of(language, shop.businessName()));
        model.put(
                "topics",
                Arrays.stream(Topic.values())
                        .map(topic ->
                                Map.of("key", topic.key(), "on", known.wanted().contains(topic)))
                        .toList());
        put(model, "name", member.name());
        put(model, "email", shop.profile().email());
        put(model, "phone", shop.profile().phone());
        return pages.branded(200, language, "offers", model, known.brand());
    }

    private static void put(Map<String, Object> model, String key, @Nullable String value) {
        if (value != null) {
            model.put(key, value);
        }
    }
}
