package io.regulars.platform.retries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was answered, as it may be kept.
 *
 * @param body JSON without secrets; null for none
 * @param etag the version that was answered with it; null for none
 * @param at when
 */
record StoredAnswer(int status, @Nullable String body, @Nullable String etag, Instant at) {

    /** No success: stands for an answer that was forgotten with a person it told of. */
    static final int FORGOTTEN = 410;

    /**
     * @param mapper of {@link KeptAnswers}
     */
    static StoredAnswer of(@Nullable Object answer, ObjectMapper mapper, Instant at) {
        Object entity = answer instanceof Response response ? response.getEntity() : answer;
        int status =
                answer instanceof Response response
                        ? response.getStatus()
                        : answer == null ? 204 : 200;
        if (entity == null) {
            return new StoredAnswer(status, null, null, at);
        }
        String etag =
                answer instanceof Response response
                        ? response.getHeaderString(HttpHeaders.ETAG)
                        : null;
        try {
            return new StoredAnswer(status, mapper.writeValueAsString(entity), etag, at);
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

    boolean isForgotten() {
        return status == FORGOTTEN;
    }

    Response replayed() {
        return replayedWith(body, etag);
    }

    /** With what has become of the thing since, of which the first answer's version is not told. */
    Response replayedWith(Object entity) {
        return replayedWith(entity, null);
    }

    private Response replayedWith(@Nullable Object entity, @Nullable String version) {
        Response.ResponseBuilder response =
                Response.status(status).header("Idempotent-Replayed", "true");
        if (entity != null) {
            response.entity(entity).type(MediaType.APPLICATION_JSON_TYPE);
        }
        if (version != null) {
            response.header(HttpHeaders.ETAG, version);
        }
        return response.build();
    }
}
