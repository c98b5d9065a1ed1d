package io.regulars.bench.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/**
 * One HTTP request.
 *
 * @param key the bearer of it, or empty
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes of the wire; nobody compares them.
public record Request(String method, String path, String key, String contentType, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NOTHING = {};

    public static Request get(String path) {
        return new Request("GET", path, "", "", NOTHING);
    }

    public static Request json(String method, String path, Object body) {
        try {
            return new Request(method, path, "", "application/json", JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static Request post(String path) {
        return json("POST", path, Map.of());
    }

    public static Request post(String path, Object body) {
        return json("POST", path, body);
    }

    public Request as(String bearer) {
        return new Request(method, path, bearer, contentType, body);
    }

    /** The lines before the body. */
    byte[] head(String host) {
        StringBuilder head = new StringBuilder(256);
        head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
        head.append("\r\nAccept: application/json\r\n");
        if (!key.isEmpty()) {
            head.append("Authorization: Bearer ").append(key).append("\r\n");
        }
        if (!contentType.isEmpty()) {
            head.append("Content-Type: ").append(contentType);
            head.append("\r\nContent-Length: ").append(body.length).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(ISO_8859_1);
    }
}
