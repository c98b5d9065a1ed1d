package io.regulars.loyalty.members;

import com.fasterxml.jackson.core.type.TypeReference;
import io.regulars.events.Audit;
import io.regulars.events.Event;
import io.regulars.events.Outbox;
import io.regulars.loyalty.members.MemberRequests.MemberPatch;
import io.regulars.platform.db.Json;
import io.regulars.platform.db.KeptValue;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Actors;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.IfMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody joins by a shop's page, within the caller's transaction. Whoever names an e-mail address
 * has to prove it: until then there is a member without consent, without a welcome and without
 * events; what was said with the form waits in a row of {@code setting}. A phone number cannot be
 * proven here, so it opens nothing and earns no consent; a till finds the member by it.
 */
public final class JoinProgram {

    /** Where a consent of this page was given. */
    public static final String SOURCE = "join_page";

    private static final String PENDING = "join:";
    private static final TypeReference<Map<String, String>> SAID = new TypeReference<>() {};
    private static final String WORDING = "wording";
    private static final String REFERRAL = "referral_code";

    private final EnrolMembers enrolMembers;
    private final ChangeMember changeMember;

    public JoinProgram(EnrolMembers enrolMembers) {
        this.enrolMembers = enrolMembers;
        this.changeMember = new ChangeMember(enrolMembers.newZones());
    }

    /**
     * What the form said.
     *
     * @param birthDate ISO, or {@code --02-28}
     * @param wording what was agreed to; null where the box stayed empty
     * @param attributes where they came from
     */
    public record Application(
            @Nullable String name,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String birthDate,
            String locale,
            @Nullable String wording,
            @Nullable String referralCode,
            Map<String, Object> attributes) {}

    /** What became of it. None of this may be told to whoever filled in the form. */
    public sealed interface Outcome {

        /** A mail has to go out, with a link by which the address is proven. */
        record ToConfirm(Member member) implements Outcome {}

        /** Somebody with this address was a member already: a mail tells them where the card is. */
        record Known(Member member) implements Outcome {}

        /** There is no address to write to. */
        record Quiet() implements Outcome {}

        /** Something is not as it must be; this may be told. */
        record Refused(List<FieldError> errors) implements Outcome {}
    }

    public Outcome apply(TenantTx tx, Application application) {
        List<FieldError> errors = new ArrayList<>();
        Profile profile = profile(tx, application, errors);
        if (!errors.isEmpty()) {
            return new Outcome.Refused(errors);
        }
        Optional<Member> known = known(tx, profile);
        if (known.isPresent()) {
            return again(tx, known.get(), application);
        }
        Member member =
                enrolMembers
                        .enrol(
                                tx,
                                List.of(EnrolMembers.Enrolment.imported(profile, List.of())),
                                SOURCE)
                        .getFirst();
        if (member == null) {
            // Somebody was faster, mostly the same finger tapping twice.
            return known(tx, profile)
                    .map(same -> again(tx, same, application))
                    .orElseGet(Outcome.Quiet::new);
        }
        if (application.birthDate() != null) {
            changeMember.change(tx, member, birthday(application.birthDate()), IfMatch.of(null));
        }
        remember(tx, member, application);
        note(tx, "member.created", member);
        if (member.email() == null) {
            // Nobody will confirm it; a till that finds the number sees a whole member.
            settle(tx, member, Map.of(REFERRAL, text(application.referralCode())));
            forget(tx, member.id());
            return new Outcome.Quiet();
        }
        return new Outcome.ToConfirm(member);
    }

    /** Whether the link of a mail still waits to be followed. */
    public static boolean isPending(TenantTx tx, MemberId member) {
        return tx.query("select 1 from <t>.setting where key = :key")
                .bind("key", PENDING + member.uuid())
                .mapTo(int.class)
                .findOne()
                .isPresent();
    }

    /**
     * The address is proven: the member's consent counts, and they are welcomed.
     *
     * @return whether that happened now; false where it was done before
     */
    public boolean confirm(TenantTx tx, Member member) {
        Optional<Map<String, String>> said =
                tx.query("delete from <t>.setting where key = :key returning value::text as value")
                        .bind("key", PENDING + member.id().uuid())
                        .map((row, context) -> Json.read(row.getString("value"), SAID))
                        .findOne();
        said.ifPresent(words -> {
            // The page that they came from tells the terms of today, not of the day of the form.
            enrolMembers.acceptPresentTerms(tx, member.id());
            settle(tx, member, words);
            note(tx, "member.confirmed", member);
        });
        return said.isPresent();
    }

    static void forget(TenantTx tx, MemberId member) {
        tx.update("delete from <t>.setting where key = :key")
                .bind("key", PENDING + member.uuid())
                .execute();
    }

    /** Whoever fills in the page acts in their own name. */
    private static void note(TenantTx tx, String action, Member member) {
        String id = member.id().toString();
        Actors.as(id, () -> Audit.noteOfMember(tx, action, id, List.of()));
    }

    private void settle(TenantTx tx, Member member, Map<String, String> said) {
        String wording = said.getOrDefault(WORDING, "");
        if (!wording.isEmpty()) {
            Consents.record(
                    tx,
                    member,
                    ConsentEvent.MARKETING_EMAIL,
                    true,
                    SOURCE,
                    wording,
                    member.id().toString());
        }
        String code = said.getOrDefault(REFERRAL, "");
        enrolMembers.welcome(tx, new Joining.Joined(member, code.isEmpty() ? null : code, false));
        Outbox.append(tx, new Event.MemberCreated(member.id().uuid()));
    }

    /** The latest word counts: somebody may have come back to tick the box. */
    private Outcome again(TenantTx tx, Member member, Application application) {
        if (member.email() == null) {
            return new Outcome.Quiet();
        }
        if (!isPending(tx, member.id())) {
            return new Outcome.Known(member);
        }
        remember(tx, member, application);
        return new Outcome.ToConfirm(member);
    }

    private static void remember(TenantTx tx, Member member, Application application) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put(WORDING, text(application.wording()));
        said.put(REFERRAL, text(application.referralCode()));
        KeptValue.of(PENDING + member.id().uuid(), SAID).put(tx, said);
    }

    /** By the address; by the number only where there is no address. */
    private static Optional<Member> known(TenantTx tx, Profile profile) {
        String email = profile.email();
        if (email != null) {
            return MemberDirectory.search(tx, new MemberKey(MemberKey.By.EMAIL, email)).stream()
                    .findFirst();
        }
        return Optional.ofNullable(profile.phone())
                .flatMap(phone ->
                        MemberDirectory.search(tx, new MemberKey(MemberKey.By.PHONE, phone))
                                .stream()
                                .findFirst());
    }

    private static Profile profile(TenantTx tx, Application application, List<FieldError> errors) {
        if (application.birthDate() != null && BirthDate.parse(application.birthDate()).isEmpty()) {
            errors.add(new FieldError("/birth_date", "invalid_date", BirthDate.FORM));
        }
        return new Profile(
                        null,
                        application.email(),
                        application.phone(),
                        application.name(),
                        null,
                        application.locale(),
                        null,
                        application.attributes(),
                        null)
                .normalised(tx, errors);
    }

    private static MemberPatch birthday(String date) {
        return new MemberPatch(null, null, null, null, date, null, null, null, null);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
