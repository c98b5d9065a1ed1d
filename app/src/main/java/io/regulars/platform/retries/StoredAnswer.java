package io.regulars.platform.retries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was answered, as it may be kept.
 *
 * @param body JSON without secrets; null for none
 */
record StoredAnswer(int status, @Nullable String body) {

    /** Shown once, and never kept in plain. */
    private static final List<String> SECRETS = List.of("secret", "token");

    static StoredAnswer of(@Nullable Object answer, ObjectMapper mapper) {
        Object entity = answer instanceof Response response ? response.getEntity() : answer;
        int status =
                answer instanceof Response response
                        ? response.getStatus()
                        : answer == null ? 204 : 200;
        if (entity == null) {
            return new StoredAnswer(status, null);
        }
        JsonNode tree = mapper.valueToTree(entity);
        withoutSecrets(tree);
        try {
            return new StoredAnswer(status, mapper.writeValueAsString(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that cannot be written", e);
        }
    }

    Response replayed() {
        Response.ResponseBuilder response =
                Response.status(status).header("Idempotent-Replayed", "true");
        if (body != null) {
            response.entity(body).type(MediaType.APPLICATION_JSON_TYPE);
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
