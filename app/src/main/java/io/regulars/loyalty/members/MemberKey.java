package io.regulars.loyalty.members;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.platform.http.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a body names a member: an id, or one of {@code {id | external_id | email | phone |
 * card_number}}.
 *
 * @param by which of these
 */
@Schema(
        oneOf = {String.class, MemberKey.Reference.class},
        description = "A member id, or one of {id | external_id | email | phone | card_number}",
        example = "{\"external_id\": \"KH-000123\"}")
public record MemberKey(By by, String value) {

    /** What a member can be found by. */
    public enum By {
        ID,
        EXTERNAL_ID,
        EMAIL,
        PHONE,
        CARD_NUMBER
    }

    /** The form of the object, for the API's document: exactly one of them is given. */
    @Schema(name = "MemberReference")
    record Reference(
            @Nullable String id,
            @Nullable String externalId,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String cardNumber) {}

    private static final String FORM =
            "Must be an id, or an object with exactly one of id, external_id, email, phone"
                    + " and card_number, as a string.";

    private static final Map<String, By> NAMES =
            Map.of(
                    "id", By.ID,
                    "external_id", By.EXTERNAL_ID,
                    "email", By.EMAIL,
                    "phone", By.PHONE,
                    "card_number", By.CARD_NUMBER);

    /**
     * @throws Problem that says which forms there are
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static MemberKey fromJson(JsonNode node) {
        if (node.isTextual()) {
            return ofId(node.textValue());
        }
        List<Map.Entry<String, JsonNode>> given =
                node.properties().stream().filter(field -> !field.getValue().isNull()).toList();
        if (given.size() != 1) {
            throw refusal();
        }
        By by = NAMES.get(given.getFirst().getKey());
        JsonNode value = given.getFirst().getValue();
        if (by == null || !value.isTextual()) {
            throw refusal();
        }
        return new MemberKey(by, value.textValue());
    }

    private static Problem refusal() {
        return Problem.invalid("", "invalid_value", FORM);
    }

    /** As in a path: an id, or {@code ext:<external id>}. */
    public static MemberKey ofPath(String text) {
        return text.startsWith(MemberDirectory.EXTERNAL)
                ? ofExternalId(text.substring(MemberDirectory.EXTERNAL.length()))
                : ofId(text);
    }

    public static MemberKey ofId(String id) {
        return new MemberKey(By.ID, id);
    }

    public static MemberKey ofExternalId(String externalId) {
        return new MemberKey(By.EXTERNAL_ID, externalId);
    }
}
