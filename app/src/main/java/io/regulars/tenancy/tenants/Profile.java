package io.regulars.tenancy.tenants;

import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a shop presents itself to its members. Advertising mail needs the first three (the sender's
 * identity).
 */
public record Profile(
        @Nullable String legalName,
        @Nullable String postalAddress,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String website,
        @Nullable String senderName) {

    /** The fields without which no advertising mail may leave; empty when all are there. */
    public List<String> missingOfSenderIdentity() {
        return Stream.of(
                        legalName == null ? "legal_name" : null,
                        postalAddress == null ? "postal_address" : null,
                        email == null ? "email" : null)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * For those who are about to plan mail: advertising would not leave, and other mail would not
     * tell whom to ask.
     *
     * @throws Problem 422 {@code sender_identity_missing}
     */
    public void requireSenderIdentity() {
        List<String> missing = missingOfSenderIdentity();
        if (!missing.isEmpty()) {
            throw Problem.of(
                            ProblemType.SENDER_IDENTITY_MISSING,
                            "A campaign's mail must say who it is from; set "
                                    + String.join(", ", missing)
                                    + " with PATCH /v1/tenant first.")
                    .with("missing", missing);
        }
    }
}
