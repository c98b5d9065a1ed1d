package io.regulars.platform.retries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was answered, as it may be kept.
 *
 * @param body JSON without secrets; null for none
 * @param at when
 */
record StoredAnswer(int status, @Nullable String body, Instant at) {

    /** Shown once, and never kept in plain. */
    private static final List<String> SECRETS = List.of("secret", "token");

    static StoredAnswer of(@Nullable Object answer, ObjectMapper mapper, Instant at) {
        Object entity = answer instanceof Response response ? response.getEntity() : answer;
        int status =
                answer instanceof Response response
                        ? response.getStatus()
                        : answer == null ? 204 : 200;
        if (entity == null) {
            return new StoredAnswer(status, null, at);
        }
        JsonNode tree = mapper.valueToTree(entity);
        withoutSecrets(tree);
        try {
            return new StoredAnswer(status, mapper.writeValueAsString(tree), at);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that cannot be written", e);
        }
    }

    /** The id of what was made, where the answer tells one. */
    Optional<String> id(ObjectMapper mapper) {
        if (body == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(mapper.readTree(body).get("id")).map(JsonNode::asText);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a kept answer that cannot be read", e);
        }
    }

    Response replayed() {
        return replayedWith(body);
    }

    Response replayedWith(@Nullable Object entity) {
        Response.ResponseBuilder response =
                Response.status(status).header("Idempotent-Replayed", "true");
        if (entity != null) {
            response.entity(entity).type(MediaType.APPLICATION_JSON_TYPE);
        }
        return response.build();
    }

    private static void withoutSecrets(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(SECRETS);
        }
        node.forEach(StoredAnswer::withoutSecrets);
    }
}
