package io.regulars.edge.imports;

/** The file as a whole cannot be used; the reason is for people to read. */
final class UnreadableFile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    UnreadableFile(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
