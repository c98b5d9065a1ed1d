package io.regulars.loyalty.members;

import io.regulars.platform.db.TenantTx;
import io.regulars.platform.http.FieldError;
import io.regulars.platform.http.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bodies about members. */
final class MemberRequests {

    static final Set<String> PURPOSES = Set.of("marketing_email", "tracking", "profiling");

    /** How far ahead the clock of a caller may be. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private MemberRequests() {}

    record NewMember(
            @Nullable String externalId,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String name,
            @Nullable BirthDate birthDate,
            @Nullable String locale,
            @Nullable String timeZone,
            @Nullable Map<String, Object> attributes,
            @Nullable List<NewConsent> consents,
            @Nullable String referralCode) {

        /** The same for the member that the path names. */
        NewMember named(String externalIdInPath) {
            if (externalId != null && !externalId.equals(externalIdInPath)) {
                throw Problem.invalid(
                        "/external_id", "differs", "The path names another external_id.");
            }
            return new NewMember(
                    externalIdInPath,
                    email,
                    phone,
                    name,
                    birthDate,
                    locale,
                    timeZone,
                    attributes,
                    consents,
                    referralCode);
        }

        /** What it changes in a member who is there: what is not said stays. */
        MemberPatch patch() {
            return new MemberPatch(
                    externalId,
                    email,
                    phone,
                    name,
                    birthDate == null ? null : birthDate.toString(),
                    locale,
                    timeZone,
                    attributes,
                    null);
        }

        /**
         * @throws Problem 422 with a pointer for each thing that is not right
         */
        EnrolMembers.Enrolment enrolment(TenantTx tx) {
            List<FieldError> errors = new ArrayList<>();
            Profile profile =
                    new Profile(
                                    externalId,
                                    email,
                                    phone,
                                    name,
                                    birthDate,
                                    locale,
                                    timeZone,
                                    attributes,
                                    null)
                            .normalised(tx, errors);
            List<EnrolMembers.Consent> given = new ArrayList<>();
            List<NewConsent> asked = consents == null ? List.of() : consents;
            for (int i = 0; i < asked.size(); i++) {
                asked.get(i).check("/consents/" + i, tx.now(), errors);
                given.add(asked.get(i).consent());
            }
            Profile.text("/referral_code", referralCode, errors);
            if (!errors.isEmpty()) {
                throw Problem.invalid(errors);
            }
            return new EnrolMembers.Enrolment(profile, given, referralCode, false);
        }
    }

    record NewConsent(
            String purpose,
            boolean granted,
            String source,
            @Nullable String wording,
            @Nullable Instant at) {

        void check(String pointer, Instant now, List<FieldError> errors) {
            if (at != null && at.isAfter(now.plus(CLOCK_SKEW))) {
                errors.add(new FieldError(pointer + "/at", "in_the_future", Profile.MUST_BE_OVER));
            }
            checkPurpose(pointer + "/purpose", purpose, errors);
            checkSource(pointer + "/source", source, wording, errors);
        }

        EnrolMembers.Consent consent() {
            return new EnrolMembers.Consent(purpose, granted, source, wording, at);
        }
    }

    record ConsentChange(boolean granted, String source, @Nullable String wording) {}

    /**
     * What to change: null leaves it, an empty text clears it; attributes are merged, an empty text
     * removes one.
     *
     * @param programVersion the published version that the member has accepted by now
     */
    record MemberPatch(
            @Nullable String externalId,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String name,
            @Nullable String birthDate,
            @Nullable String locale,
            @Nullable String timeZone,
            @Nullable Map<String, Object> attributes,
            @Nullable Integer programVersion) {}

    record Search(
            @Nullable String email,
            @Nullable String phone,
            @Nullable String cardNumber,
            @Nullable String externalId,
            @Schema(
                            description =
                                    "How the name begins, with or without its marks and capitals: nguyen thi hoa finds Nguyễn Thị Hoa")
                    @Nullable String namePrefix) {}

    /**
     * @param from who becomes part of the member in the path, or is taken out again
     */
    record Merge(MemberKey from) {}

    record Found(List<MemberView> data) {}

    static void checkPurpose(String pointer, String purpose, List<FieldError> errors) {
        if (!PURPOSES.contains(purpose)) {
            errors.add(
                    new FieldError(
                            pointer,
                            "unknown_value",
                            "Must be one of marketing_email, tracking, profiling."));
        }
    }

    static void checkSource(
            String pointer, String source, @Nullable String wording, List<FieldError> errors) {
        if (source.isBlank() || source.length() > 100) {
            errors.add(
                    new FieldError(
                            pointer,
                            "invalid_text",
                            "Must say where the consent was given, in 1 to 100 characters."));
        }
        if (wording != null && wording.length() > 5_000) {
            errors.add(
                    new FieldError(pointer, "invalid_text", "Must have at most 5000 characters."));
        }
    }
}
