package io.regulars.platform.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** What went wrong, without class names. */
final class Plain {
    private Plain() {}

    static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "access to " + denied.getFile() + " is denied";
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case FileSystemException failed when failed.getReason() != null ->
                    failed.getReason().toLowerCase(Locale.ROOT) + " (" + failed.getFile() + ")";
            default -> e.getMessage() == null ? "the disk gave an error" : e.getMessage();
        };
    }
}
