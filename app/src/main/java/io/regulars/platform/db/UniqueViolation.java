package io.regulars.platform.db;

/** A row that is already there; the use case that can cause it says what that means. */
public final class UniqueViolation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String constraint;

    UniqueViolation(String constraint, Throwable cause) {
        super("unique constraint " + constraint, cause);
        this.constraint = constraint;
    }

    public String constraint() {
        return constraint;
    }
}
