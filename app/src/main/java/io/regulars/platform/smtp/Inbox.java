package io.regulars.platform.smtp;

import jakarta.mail.MessagingException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The captured mails: one {@code .eml} file each, and an index of their headers in memory. Only the
 * newest are kept. One process owns the directory. Ids sort by arrival, also when the clock was set
 * back in between.
 */
public final class Inbox {
    static final int MOST_KEPT = 20_000;
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final Pattern ID = Pattern.compile("[0-9]{15}");
    private static final Pattern FILE = Pattern.compile("[0-9]{15}\\.eml");
    private static final String MAIL = ".eml";

    private final Path directory;
    private final Supplier<Instant> now;
    private final int mostKept;
    private final NavigableMap<String, CapturedMail> newestFirst =
            new ConcurrentSkipListMap<>(Collections.reverseOrder());
    private final CountDownLatch loaded = new CountDownLatch(1);
    private long lastId;

    /** Opens the inbox in this directory, made when absent, with what earlier runs left there. */
    public Inbox(Path directory, Supplier<Instant> now) throws IOException {
        this(directory, now, MOST_KEPT);
    }

    Inbox(Path directory, Supplier<Instant> now, int mostKept) throws IOException {
        this.directory = directory;
        this.now = now;
        this.mostKept = mostKept;
        Files.createDirectories(directory);
        List<String> ids = earlierIds();
        this.lastId = ids.isEmpty() ? 0 : Long.parseLong(ids.getFirst());
        // Thousands of small files take seconds to open, and nothing but the inbox page needs them.
        Thread.ofVirtual().name("inbox-index").start(() -> load(ids));
    }

    /** The newest mails, to this address only if one is given (whole, whatever its case). */
    public List<CapturedMail> list(@Nullable String to, int limit) {
        awaitLoaded();
        String wanted = to == null ? null : to.strip().toLowerCase(Locale.ROOT);
        return newestFirst.values().stream()
                .filter(mail -> wanted == null || mail.to().toLowerCase(Locale.ROOT).equals(wanted))
                .limit(limit)
                .toList();
    }

    public Optional<CapturedContent> get(String id) throws IOException {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(MailReader.content(Files.readAllBytes(file(id))));
        } catch (NoSuchFileException e) {
            newestFirst.remove(id);
            return Optional.empty();
        } catch (MessagingException e) {
            throw new IOException("Captured mail " + id + " cannot be read", e);
        }
    }

    /**
     * Stores a mail as the last station of its way does: with envelope sender and recipient on top.
     */
    CapturedMail keep(String envelopeFrom, String recipient, byte[] raw) throws IOException {
        String envelope =
                "Return-Path: <"
                        + HeaderText.clean(envelopeFrom)
                        + ">\r\nDelivered-To: "
                        + HeaderText.clean(recipient)
                        + "\r\n";
        ByteArrayOutputStream whole = new ByteArrayOutputStream(raw.length + envelope.length());
        whole.writeBytes(envelope.getBytes(StandardCharsets.UTF_8));
        whole.writeBytes(raw);
        String id = nextId(now.get());
        Path unfinished = directory.resolve(id + ".tmp");
        try {
            Files.write(unfinished, whole.toByteArray());
            Files.move(unfinished, file(id), StandardCopyOption.ATOMIC_MOVE);
            CapturedMail mail =
                    MailReader.summary(
                            id, new ByteArrayInputStream(whole.toByteArray()), arrival(id));
            newestFirst.put(id, mail);
            dropOldest();
            return mail;
        } catch (MessagingException e) {
            throw new IOException("Captured mail " + id + " has no readable headers", e);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private synchronized String nextId(Instant arrived) {
        lastId = Math.max(lastId + 1, arrived.toEpochMilli());
        return String.format(Locale.ROOT, "%015d", lastId);
    }

    private void dropOldest() throws IOException {
        while (newestFirst.size() > mostKept) {
            var oldest = newestFirst.pollLastEntry();
            if (oldest != null) {
                Files.deleteIfExists(file(oldest.getKey()));
            }
        }
    }

    /** What earlier runs left, newest first; the name of a file is all that is read of it here. */
    private List<String> earlierIds() throws IOException {
        List<String> ids = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".tmp")) {
                    Files.deleteIfExists(file);
                } else if (FILE.matcher(name).matches()) {
                    ids.add(name.substring(0, name.length() - MAIL.length()));
                }
            }
        }
        ids.sort(Collections.reverseOrder());
        return ids;
    }

    private void load(List<String> ids) {
        try {
            ids.stream().limit(mostKept).forEach(this::index);
            for (String surplus : ids.subList(Math.min(mostKept, ids.size()), ids.size())) {
                Files.deleteIfExists(file(surplus));
            }
            dropOldest();
        } catch (IOException e) {
            LOG.warn("Old captured mails could not be removed", e);
        } finally {
            loaded.countDown();
        }
    }

    private void awaitLoaded() {
        try {
            loaded.await();
        } catch (InterruptedException e) {
            // Then the list shows what is known so far.
            Thread.currentThread().interrupt();
        }
    }

    private void index(String id) {
        try (InputStream mail = new BufferedInputStream(Files.newInputStream(file(id)), 2048)) {
            newestFirst.put(id, MailReader.summary(id, mail, arrival(id)));
        } catch (IOException | MessagingException e) {
            LOG.warn("Captured mail {} cannot be read and is left out", id, e);
        }
    }

    private static Instant arrival(String id) {
        return Instant.ofEpochMilli(Long.parseLong(id));
    }

    private Path file(String id) {
        return directory.resolve(id + MAIL);
    }
}
