package io.regulars.loyalty.members;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
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

    private static final Map<String, By> NAMES =
            Map.of(
                    "id", By.ID,
                    "external_id", By.EXTERNAL_ID,
                    "email", By.EMAIL,
                    "phone", By.PHONE,
                    "card_number", By.CARD_NUMBER);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static MemberKey fromJson(JsonNode node) {
        if (node.isTextual()) {
            return new MemberKey(By.ID, node.textValue());
        }
        List<Map.Entry<String, JsonNode>> fields = List.copyOf(node.properties());
        if (fields.size() != 1
                || !NAMES.containsKey(fields.getFirst().getKey())
                || !fields.getFirst().getValue().isTextual()) {
            throw new IllegalArgumentException(
                    "must be a member id or one of {id | external_id | email | phone | card_number}");
        }
        Map.Entry<String, JsonNode> field = fields.getFirst();
        By by = NAMES.getOrDefault(field.getKey(), By.ID);
        return new MemberKey(by, field.getValue().textValue());
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
