package io.regulars.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The mails that a relay has taken, in a file, so that a relay that is killed forgets nothing. */
final class Post {

    private final Path file;

    /**
     * One mail.
     *
     * @param subject as it stands in the header, encoded
     */
    record Mail(String to, String id, String subject) {}

    Post(Path file) {
        this.file = file;
    }

    synchronized void take(Mail mail) throws IOException {
        Files.writeString(
                file,
                mail.to() + "\t" + mail.id() + "\t" + mail.subject() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    List<Mail> all() throws IOException {
        List<Mail> mails = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split("\t", 3);
                if (parts.length == 3) {
                    mails.add(new Mail(parts[0], parts[1], parts[2]));
                }
            }
        }
        return mails;
    }
}
