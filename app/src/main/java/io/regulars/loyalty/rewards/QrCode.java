package io.regulars.loyalty.rewards;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/** Draws QR codes. */
public final class QrCode {

    /** The white border that scanners need, in modules. */
    private static final int QUIET = 4;

    private QrCode() {}

    /** As SVG: one path of dark squares on white, sharp at every size. */
    public static String svg(String text) {
        ByteMatrix modules;
        try {
            modules = Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
        } catch (WriterException e) {
            throw new IllegalStateException("no QR code holds this", e);
        }
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
