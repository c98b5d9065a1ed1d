package io.regulars.loyalty.members;

import io.regulars.loyalty.ledger.Ledger;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.Problem;
import io.regulars.platform.ids.Digits;
import io.regulars.platform.ids.Tokens;
import io.regulars.platform.ids.TypeIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes members, one or thousands, within the caller's transaction. */
public final class EnrolMembers {

    private static final int CARD_DIGITS = 16;
    private static final int REFERRAL_CODE_LENGTH = 10;

    private final Programs programs;
    private final NewZones newZones;
    private final MemberLimit limit;
    private final List<Joining> listeners;

    /** Without limits. */
    public EnrolMembers(Programs programs, NewZones newZones, List<Joining> listeners) {
        this(programs, newZones, MemberLimit.NONE, listeners);
    }

    /**
     * @param listeners hear of new members, in this order
     */
    public EnrolMembers(
            Programs programs, NewZones newZones, MemberLimit limit, List<Joining> listeners) {
        this.programs = programs;
        this.newZones = newZones;
        this.limit = limit;
        this.listeners = List.copyOf(listeners);
    }

    /** How many more members the shop's plan has room for. */
    public long roomLeft(TenantTx tx) {
        return limit.left(tx);
    }

    NewZones newZones() {
        return newZones;
    }

    /** A member's word as it came with the enrolment. */
    public record Consent(
            String purpose,
            boolean granted,
            String source,
            @Nullable String wording,
            @Nullable Instant at) {

        /** A word on marketing mail, as a file from elsewhere tells it. */
        public static Consent marketingEmail(boolean granted, String source, Instant at) {
            return new Consent(ConsentEvent.MARKETING_EMAIL, granted, source, null, at);
        }
    }

    /**
     * Somebody to enrol; the profile is normalised already.
     *
     * @param referralCode the code they brought along
     * @param isImported whether a file brings them
     */
    public record Enrolment(
            Profile profile,
            List<Consent> consents,
            @Nullable String referralCode,
            boolean isImported) {

        /** Somebody from a file. */
        public static Enrolment imported(Profile profile, List<Consent> consents) {
            return new Enrolment(profile, consents, null, true);
        }
    }

    /**
     * Enrols those whose external id and e-mail are not taken.
     *
     * @return for each enrolment, in order, the new member, or null where there is one already
     */
    public List<@Nullable Member> enrol(
            TenantTx tx, List<Enrolment> enrolments, String recordedBy) {
        int programVersion = programs.inForce(tx).number();
        List<Member> members =
                enrolments.stream()
                        .map(enrolment -> member(enrolment, programVersion, tx.now()))
                        .toList();
        MemberDao dao = new MemberDao(tx);
        Set<MemberId> inserted = new HashSet<>(dao.insertNew(members));
        List<@Nullable Member> enrolled = new ArrayList<>();
        List<ConsentEvent> consents = new ArrayList<>();
        List<Joining.Joined> joined = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            boolean isNew = inserted.contains(member.id());
            enrolled.add(isNew ? member : null);
            if (isNew) {
                Enrolment enrolment = enrolments.get(i);
                consents.addAll(consents(member, enrolment, recordedBy, tx.now()));
                joined.add(
                        new Joining.Joined(
                                member, enrolment.referralCode(), enrolment.isImported()));
            }
        }
        if (!inserted.isEmpty()) {
            limit.check(tx);
            Ledger.open(tx, inserted.stream().map(MemberId::uuid).toList());
        }
        if (!consents.isEmpty()) {
            new ConsentDao(tx).insert(consents);
        }
        newZones.note(tx, members);
        if (!joined.isEmpty()) {
            listeners.forEach(listener -> listener.joined(tx, List.copyOf(joined)));
        }
        return enrolled;
    }

    /** Welcomes somebody who was enrolled without a welcome, because the address was not proven. */
    void welcome(TenantTx tx, Joining.Joined joined) {
        listeners.forEach(listener -> listener.joined(tx, List.of(joined)));
    }

    /** Notes that the member agrees with the version that holds now. */
    Member acceptPresentTerms(TenantTx tx, MemberId id) {
        MemberDao dao = new MemberDao(tx);
        Member member = dao.findLocked(id).orElseThrow(() -> Problem.notFound("member"));
        Member after = member.accepting(programs.inForce(tx).number());
        if (after.equals(member)) {
            return member;
        }
        dao.update(after);
        return dao.find(id).orElseThrow();
    }

    private static Member member(Enrolment enrolment, int programVersion, Instant now) {
        Profile profile = enrolment.profile();
        boolean marketing =
                enrolment.consents().stream()
                        .filter(c -> c.purpose().equals(ConsentEvent.MARKETING_EMAIL))
                        .reduce(false, (before, c) -> c.granted(), (a, b) -> b);
        return new Member(
                MemberId.next(),
                profile.externalId(),
                profile.email(),
                profile.phone(),
                profile.name(),
                profile.birthDate(),
                null,
                profile.locale(),
                profile.timeZone(),
                profile.attributes() == null ? Map.of() : profile.attributes(),
                Digits.random(CARD_DIGITS),
                Tokens.readable(REFERRAL_CODE_LENGTH),
                marketing,
                programVersion,
                profile.joinedAt() == null ? now : profile.joinedAt(),
                0,
                1,
                now,
                now);
    }

    private static List<ConsentEvent> consents(
            Member member, Enrolment enrolment, String recordedBy, Instant now) {
        return enrolment.consents().stream()
                .map(c ->
                        new ConsentEvent(
                                TypeIds.next(),
                                member.id(),
                                c.purpose(),
                                c.granted(),
                                c.source(),
                                c.wording(),
                                c.at() == null ? now : c.at(),
                                now,
                                recordedBy))
                .toList();
    }
}
