package io.regulars.demo;

import static io.regulars.demo.Wording.text;

import io.regulars.demo.Api.Body;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A shop's own purchases, looked at before anything is sent: a wrong file is told at once and by
 * its name, not after a shop has been signed up for it. Single rows are the service's to judge.
 *
 * @param lines rows of data, as far as counting line ends can tell; only for showing progress
 */
record PurchasesFile(Path path, boolean gzip, long lines) {
    private static final List<String> NEEDED =
            List.of("order_id", "member_external_id", "purchased_at", "amount");
    private static final int LONGEST_HEADER = 4_000;

    static PurchasesFile checked(Path path) {
        if (!Files.exists(path)) {
            throw new DemoFailure(
                    "There is no file " + path + ". Give --purchases the path of a CSV file.");
        }
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new DemoFailure(
                    path + " cannot be read as a file. Give --purchases the path of a CSV file.");
        }
        try {
            boolean gzip = isGzip(path);
            checkHeader(path, header(path, gzip));
            return new PurchasesFile(path, gzip, countLines(path, gzip));
        } catch (CharacterCodingException e) {
            throw notPurchases(path, "it is not text in UTF-8", e);
        } catch (IOException e) {
            throw new DemoFailure(text("%s cannot be read: %s", path, e.getMessage()), e);
        }
    }

    Body body() {
        try {
            return new Body(BodyPublishers.ofFile(path), "text/csv", gzip);
        } catch (FileNotFoundException e) {
            throw new DemoFailure(text("%s has gone in the meantime", path), e);
        }
    }

    /** Changes when the file does, so that a mended file is brought in again. */
    String fingerprint() {
        try {
            return text(
                    "%s, %s bytes, %s",
                    path.toAbsolutePath().normalize(),
                    Files.size(path),
                    Files.getLastModifiedTime(path));
        } catch (IOException e) {
            throw new DemoFailure(text("%s cannot be read: %s", path, e.getMessage()), e);
        }
    }

    private static boolean isGzip(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    private static InputStream open(Path path, boolean gzip) throws IOException {
        InputStream raw = Files.newInputStream(path);
        return gzip ? new GZIPInputStream(raw) : new BufferedInputStream(raw);
    }

    /**
     * Without a byte order mark. A file without line ends could be anything, so no more than a
     * header's worth is read.
     */
    private static String header(Path path, boolean gzip) throws IOException {
        StringBuilder text = new StringBuilder();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                open(path, gzip), StandardCharsets.UTF_8.newDecoder()))) {
            int next = reader.read();
            while (next != -1 && next != '\n' && next != '\r' && text.length() < LONGEST_HEADER) {
                text.append((char) next);
                next = reader.read();
            }
        }
        return text.toString().replace("\uFEFF", "");
    }

    private static void checkHeader(Path path, String header) {
        if (header.isBlank()) {
            throw notPurchases(path, "its first line is empty", null);
        }
        List<String> columns = new ArrayList<>();
        for (String column : header.split("[,;\\t]", -1)) {
            columns.add(column.strip().replace("\"", "").toLowerCase(Locale.ROOT));
        }
        List<String> missing = NEEDED.stream().filter(name -> !columns.contains(name)).toList();
        if (!missing.isEmpty()) {
            throw notPurchases(
                    path, "its first line does not name " + String.join(", ", missing), null);
        }
    }

    private static long countLines(Path path, boolean gzip) throws IOException {
        long ends = 0;
        boolean open = false;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = open(path, gzip)) {
            for (int read = in.read(buffer); read != -1; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    open = buffer[i] != '\n';
                    ends += open ? 0 : 1;
                }
            }
        }
        return Math.max(0, ends + (open ? 1 : 0) - 1);
    }

    private static DemoFailure notPurchases(Path path, String why, @Nullable Throwable cause) {
        String message =
                text(
                        """
                        %s is not a CSV file of purchases: %s.
                        The first line should be
                          source,order_id,member_external_id,purchased_at,amount,sku,category,quantity,line_amount
                        (without the four columns from sku on, each row is one order).\
                        """,
                        path, why);
        return cause == null ? new DemoFailure(message) : new DemoFailure(message, cause);
    }
}
