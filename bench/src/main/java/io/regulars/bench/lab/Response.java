package io.regulars.bench.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** What came back. */
@SuppressWarnings("ArrayRecordComponent") // Bytes of the wire; nobody compares them.
public record Response(int status, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public JsonNode json() throws IOException {
        return JSON.readTree(body);
    }

    public String text() {
        return new String(body, UTF_8);
    }

    public Response expect(int wanted) throws IOException {
        if (status != wanted) {
            throw new IOException("expected " + wanted + ", got " + status + ": " + text());
        }
        return this;
    }
}
