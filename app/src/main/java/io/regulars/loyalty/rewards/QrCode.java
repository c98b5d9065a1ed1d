package io.regulars.loyalty.rewards;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;

/** Draws QR codes. */
public final class QrCode {

    /** The white border that scanners need, in modules. */
    private static final int QUIET = 4;

    private QrCode() {}

    /**
     * As rows of squares of one colour: how many are light, how many dark, and so on by turns. The
     * quiet border is a part of it. For places where neither pictures nor drawings are shown.
     */
    public static List<List<Integer>> runs(String text) {
        ByteMatrix modules = modules(text);
        int size = modules.getWidth() + 2 * QUIET;
        List<List<Integer>> rows = new ArrayList<>();
        for (int y = -QUIET; y < modules.getHeight() + QUIET; y++) {
            List<Integer> runs = new ArrayList<>();
            boolean dark = false;
            int length = 0;
            for (int x = -QUIET; x < size - QUIET; x++) {
                boolean now = isDark(modules, x, y);
                if (now != dark) {
                    runs.add(length);
                    dark = now;
                    length = 0;
                }
                length++;
            }
            runs.add(length);
            rows.add(List.copyOf(runs));
        }
        return List.copyOf(rows);
    }

    private static boolean isDark(ByteMatrix modules, int x, int y) {
        return x >= 0
                && y >= 0
                && x < modules.getWidth()
                && y < modules.getHeight()
                && modules.get(x, y) == 1;
    }

    private static ByteMatrix modules(String text) {
        try {
            return Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
        } catch (WriterException e) {
            throw new IllegalStateException("no QR code holds this", e);
        }
    }

    /** As SVG: one path of dark squares on white, sharp at every size. */
    public static String svg(String text) {
        ByteMatrix modules = modules(text);
        int size = modules.getWidth() + 2 * QUIET;
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                if (modules.get(x, y) == 1) {
                    path.append('M')
                            .append(x + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append("h1v1h-1z");
                }
            }
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
                + size
                + " "
                + size
                + "\" width=\"256\" height=\"256\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h"
                + size
                + "v"
                + size
                + "H0z\"/><path d=\""
                + path
                + "\"/></svg>";
    }
}
