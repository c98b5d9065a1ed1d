package io.regulars.engagement.senderdomain;

import io.dropwizard.auth.Auth;
import io.regulars.engagement.senderdomain.SenderDomain.Finding;
import io.regulars.platform.db.TenantDb;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.AllowedTo;
import io.regulars.platform.http.Audience;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.http.Returns;
import io.regulars.platform.http.SpansTransactions;
import io.regulars.platform.net.TextRecords;
import io.regulars.platform.secrets.Purpose;
import io.regulars.platform.secrets.Signer;
import io.regulars.platform.smtp.Mailbox;
import io.regulars.tenancy.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

@Path("/v1/sender-domain")
@Tag(name = "Messages")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SenderDomainResource {

    private static final String USUAL_SELECTOR = "regulars";
    private static final int PROOF_BYTES = 16;

    /** Providers publish that mail from them which others send is to be refused. */
    private static final Set<String> FREE_MAIL =
            Set.of(
                    "gmail",
                    "googlemail",
                    "yahoo",
                    "ymail",
                    "rocketmail",
                    "hotmail",
                    "outlook",
                    "live",
                    "msn",
                    "icloud",
                    "me",
                    "mac",
                    "aol",
                    "gmx",
                    "web",
                    "proton",
                    "protonmail",
                    "pm",
                    "zoho",
                    "mail",
                    "yandex",
                    "qq",
                    "163",
                    "126",
                    "naver",
                    "fastmail",
                    "tutanota",
                    "hey");

    private static final Set<String> FREE_MAIL_ENDS =
            Set.of("com", "net", "de", "ch", "at", "me", "ru", "fr", "it", "es", "ca", "jp", "vn");

    private final TenantDb tenants;
    private final CheckDomain check;
    private final Signer signer;
    private final String houseAddress;

    public SenderDomainResource(
            TenantDb tenants, TextRecords texts, Signer signer, String houseAddress) {
        this.tenants = tenants;
        this.check =
                new CheckDomain(texts, houseAddress.substring(houseAddress.lastIndexOf('@') + 1));
        this.signer = signer;
        this.houseAddress = houseAddress;
    }

    @GET
    @AllowedTo(Audience.READERS)
    @Returns(SenderDomainView.class)
    @Operation(
            summary = "The domain the shop's mail comes from, and what its DNS has to say",
            description = "Until the domain is verified, mail comes from the address in `from`.")
    public SenderDomainView get(@Auth Caller caller) {
        return tenants.inTransaction(
                caller.tenant(),
                tx ->
                        SenderDomains.find(tx)
                                .map(this::view)
                                .orElseGet(() -> SenderDomainView.none(houseAddress)));
    }

    @PUT
    @AllowedTo(Audience.MARKETING)
    @Returns(SenderDomainView.class)
    @Operation(
            summary = "Name the address that mail is to come from",
            description = "It has to be verified anew, with POST /v1/sender-domain/check.")
    public SenderDomainView put(@Auth Caller caller, NewSenderDomain body) {
        String address = Objects.requireNonNullElse(body.address(), "").strip();
        if (!Mailbox.accepts(address) || !address.substring(address.indexOf('@')).contains(".")) {
            throw Problem.invalid("/address", "invalid_email", "Must be an e-mail address.");
        }
        String selector = Objects.requireNonNullElse(body.dkimSelector(), USUAL_SELECTOR);
        if (!selector.matches("[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?")) {
            throw Problem.invalid(
                    "/dkim_selector", "invalid_text", "Must be letters, digits and dashes.");
        }
        SenderDomain domain = new SenderDomain(address, selector, false, null, List.of());
        if (isFreeMail(domain.domain())) {
            throw Problem.invalid(
                    "/address",
                    "free_mail",
                    "Mail from "
                            + domain.domain()
                            + " that others send is refused by its readers' mailboxes; take an"
                            + " address of a domain of your own.");
        }
        SenderDomain wanted = withProof(caller, domain, false);
        tenants.run(caller.tenant(), tx -> SenderDomains.save(tx, wanted));
        return view(wanted);
    }

    @POST
    @Path("/check")
    @Consumes(MediaType.WILDCARD)
    @SpansTransactions
    @AllowedTo(Audience.MARKETING)
    @Returns(SenderDomainView.class)
    @Operation(
            summary = "Look whether the DNS says what it should",
            description =
                    "Each record is pass, missing, wrong, or unknown when nobody answered. With all of them passed"
                            + " the domain is verified, and mail comes from it.")
    public SenderDomainView check(@Auth Caller caller) {
        SenderDomain before =
                tenants.inTransaction(caller.tenant(), SenderDomains::find)
                        .orElseThrow(() -> Problem.notFound("sender domain"));
        // Outside of any transaction: name servers take their time.
        SenderDomain looked = withProof(caller, before, true);
        return view(tenants.inTransaction(caller.tenant(), tx -> found(tx, looked)));
    }

    /** Keeps what the name servers said, unless another domain was named while they were asked. */
    private static SenderDomain found(TenantTx tx, SenderDomain looked) {
        SenderDomain now =
                SenderDomains.lock(tx)
                        .filter(named ->
                                named.address().equals(looked.address())
                                        && named.dkimSelector().equals(looked.dkimSelector()))
                        .orElseThrow(() ->
                                Problem.of(
                                        ProblemType.CONFLICT,
                                        "Another address or selector was named in the meantime; check again."));
        boolean unknown =
                looked.records().stream()
                        .anyMatch(record -> record.result() == SenderDomain.Result.UNKNOWN);
        SenderDomain after =
                new SenderDomain(
                        looked.address(),
                        looked.dkimSelector(),
                        // A name server that is silent proves nothing, either way.
                        unknown ? now.verified() : looked.passes(),
                        tx.now(),
                        looked.records());
        SenderDomains.save(tx, after);
        return after;
    }

    private SenderDomain withProof(Caller caller, SenderDomain domain, boolean look) {
        String text = caller.tenant().id() + " " + domain.domain();
        String proof =
                "regulars="
                        + HexFormat.of()
                                .formatHex(
                                        signer.tag(
                                                Purpose.SENDER_DOMAIN,
                                                text.getBytes(StandardCharsets.UTF_8),
                                                PROOF_BYTES));
        return new SenderDomain(
                domain.address(),
                domain.dkimSelector(),
                false,
                null,
                look ? check.check(domain, proof) : check.wanted(domain, proof));
    }

    private static boolean isFreeMail(String domain) {
        List<String> labels = List.of(domain.split("\\.", -1));
        return labels.size() <= 3
                && FREE_MAIL.contains(labels.getFirst())
                && FREE_MAIL_ENDS.contains(labels.getLast().toLowerCase(Locale.ROOT));
    }

    private SenderDomainView view(SenderDomain domain) {
        return new SenderDomainView(
                domain.verified() ? domain.address() : houseAddress,
                domain.address(),
                domain.domain(),
                domain.dkimSelector(),
                domain.verified(),
                domain.checkedAt(),
                domain.records().stream().map(RecordView::of).toList());
    }

    record NewSenderDomain(
            @Schema(example = "hello@shop.example") String address,
            @Schema(description = "Where the relay's key stands; absent: regulars")
                    @Nullable String dkimSelector) {}

    /**
     * @param from the address that mail comes from now
     * @param address the one that it is to come from; null where none is named
     */
    record SenderDomainView(
            String from,
            @Nullable String address,
            @Nullable String domain,
            @Nullable String dkimSelector,
            boolean verified,
            @Nullable Instant checkedAt,
            List<RecordView> records) {

        static SenderDomainView none(String house) {
            return new SenderDomainView(house, null, null, null, false, null, List.of());
        }
    }

    /** A TXT record that has to be there. */
    @Schema(name = "SenderDomainRecord")
    record RecordView(
            String purpose, String name, String expected, @Nullable String found, String result) {

        static RecordView of(Finding finding) {
            return new RecordView(
                    finding.purpose().name().toLowerCase(Locale.ROOT),
                    finding.name(),
                    finding.expected(),
                    finding.found(),
                    finding.result().name().toLowerCase(Locale.ROOT));
        }
    }
}
