package io.regulars.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what one client says in PostgreSQL's protocol (version 3, chapter "Message Formats" of its
 * manual), and remembers the text of the statements it has prepared.
 */
final class Statements {

    private final Map<String, String> prepared = new HashMap<>();
    private boolean started;

    /**
     * One message.
     *
     * @param executes the text of the statement that it binds or asks for
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares or keeps it
    record Message(byte[] bytes, Optional<String> executes) {}

    Message read(DataInputStream in) throws IOException {
        int type = started ? in.read() : 0;
        if (type < 0) {
            throw new EOFException();
        }
        int length = in.readInt();
        byte[] body = in.readNBytes(length - 4);
        if (body.length < length - 4) {
            throw new EOFException();
        }
        byte[] all = bytes(type, length, body);
        if (!started) {
            // Asking for encryption has no type either, and is answered with no.
            started = ByteBuffer.wrap(body).getInt() == 196_608;
            return new Message(all, Optional.empty());
        }
        return new Message(all, executed(type, body));
    }

    private Optional<String> executed(int type, byte[] body) {
        return switch (type) {
            case 'Q' -> Optional.of(text(body, 0));
            case 'P' -> {
                String name = text(body, 0);
                prepared.put(name, text(body, end(body, 0) + 1));
                yield Optional.empty();
            }
            case 'B' -> Optional.ofNullable(prepared.get(text(body, end(body, 0) + 1)));
            default -> Optional.empty();
        };
    }

    private static byte[] bytes(int type, int length, byte[] body) {
        ByteBuffer all = ByteBuffer.allocate((type == 0 ? 0 : 1) + 4 + body.length);
        if (type != 0) {
            all.put((byte) type);
        }
        return all.putInt(length).put(body).array();
    }

    private static String text(byte[] body, int from) {
        return new String(body, from, end(body, from) - from, UTF_8);
    }

    private static int end(byte[] body, int from) {
        int at = from;
        while (at < body.length && body[at] != 0) {
            at++;
        }
        return at;
    }
}
