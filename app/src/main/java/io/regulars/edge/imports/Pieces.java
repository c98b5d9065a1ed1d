package io.regulars.edge.imports;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Cuts a stream into pieces of about a megabyte, behind a line end where there is one. A piece
 * never ends between CR and LF, so that line ends can be counted piece by piece.
 */
final class Pieces {

    private static final int SIZE = 1 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[SIZE];
    private int filled;

    Pieces(InputStream in) {
        this.in = in;
    }

    /** A piece of the file. */
    static final class Piece {

        private final byte[] bytes;

        private Piece(byte[] bytes) {
            this.bytes = bytes;
        }

        int size() {
            return bytes.length;
        }

        /** CR, LF and CRLF count one each. */
        long lineEnds() {
            long ends = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n' || (bytes[i] == '\r' && !isAt(bytes, i + 1, '\n'))) {
                    ends++;
                }
            }
            return ends;
        }

        byte[] zipped() {
            ByteArrayOutputStream zipped = new ByteArrayOutputStream(bytes.length / 4);
            try (GZIPOutputStream out = new FastGzip(zipped)) {
                out.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return zipped.toByteArray();
        }
    }

    static byte[] unzipped(byte[] zipped) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped), 64 * 1024)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next piece; an empty one at the end. */
    Piece next() throws IOException {
        int read = in.readNBytes(buffer, filled, SIZE - filled);
        filled += read;
        int cut = filled < SIZE ? filled : cut();
        byte[] bytes = new byte[cut];
        System.arraycopy(buffer, 0, bytes, 0, cut);
        System.arraycopy(buffer, cut, buffer, 0, filled - cut);
        filled -= cut;
        return new Piece(bytes);
    }

    private int cut() {
        for (int i = SIZE; i > 0; i--) {
            if (buffer[i - 1] == '\n') {
                return i;
            }
        }
        return buffer[SIZE - 1] == '\r' ? SIZE - 1 : SIZE;
    }

    static boolean isAt(byte[] bytes, int at, char wanted) {
        return at < bytes.length && bytes[at] == wanted;
    }

    /** The files are read once and thrown away: speed matters more than size. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
