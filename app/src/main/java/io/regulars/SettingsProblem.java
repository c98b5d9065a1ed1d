package io.regulars;

/** The settings do not go together; the message is for the person who set them. */
final class SettingsProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SettingsProblem(String message) {
        super(message);
    }
}
