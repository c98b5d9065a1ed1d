package io.regulars.demo;

import static io.regulars.demo.Wording.text;

import java.io.PrintStream;

/** Progress as lines of text. */
final class ConsoleProgress implements Progress {
    private static final int BAR = 24;
    private static final String RETURN_AND_CLEAR = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean rewrite;
    private final Ink ink;
    private String step = "";
    private long started;

    /**
     * @param rewrite whether the line of the present step may be written over
     */
    ConsoleProgress(PrintStream out, boolean rewrite, boolean colour) {
        this.out = out;
        this.rewrite = rewrite;
        this.ink = new Ink(colour);
    }

    @Override
    public void step(String what) {
        step = what;
        started = System.nanoTime();
        if (rewrite) {
            line(ink.faint("· ") + what + " …");
        } else {
            out.println("· " + what + " …");
        }
    }

    @Override
    public void count(long done, long total, String unit) {
        if (!rewrite) {
            return;
        }
        String counts =
                total > 0 ? text("%,d of %,d %s", done, total, unit) : text("%,d %s", done, unit);
        line(ink.faint("· ") + step + "  " + (total > 0 ? bar(done, total) + "  " : "") + counts);
    }

    @Override
    public void done(String outcome) {
        String seconds = text("%.1f s", (System.nanoTime() - started) / 1e9);
        String text = ink.good("✓ ") + step + ": " + outcome + ink.faint("  " + seconds);
        if (rewrite) {
            line(text);
            out.println();
        } else {
            out.println(text);
        }
    }

    @Override
    public void note(String text) {
        if (rewrite) {
            out.print(RETURN_AND_CLEAR);
        }
        out.println("  " + ink.warn("! ") + text);
    }

    @Override
    public void broken() {
        if (rewrite) {
            out.println();
        }
    }

    @Override
    public void show(DemoReport report) {
        out.println();
        out.print(report.block(ink));
        out.println();
        out.flush();
    }

    private String bar(long done, long total) {
        int full = (int) Math.min(BAR, BAR * done / total);
        return ink.good("█".repeat(full)) + ink.faint("░".repeat(BAR - full));
    }

    private void line(String text) {
        out.print(RETURN_AND_CLEAR + text);
        out.flush();
    }
}
