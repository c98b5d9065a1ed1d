package io.regulars.platform.templates;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.regulars.testing.Chromium;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Many mails of the gallery on one picture, each with its name and subject, by day or by night. */
record ContactSheet(Path gallery, Path pictures) {

    private static final String SHEET =
            """
            <!DOCTYPE html><meta charset="utf-8">
            <style>
              body { margin: 12px; background: #888; font: 11px sans-serif; columns: 6; column-gap: 12px }
              figure { margin: 0 0 12px; break-inside: avoid; background: #fff; color: #222 }
              figcaption { padding: 3px 5px; background: #ffd; overflow-wrap: anywhere }
              div { overflow: hidden; width: 224px }
              iframe { border: 0; width: 640px; height: 300px; transform: scale(.35); transform-origin: 0 0 }
            </style>
            """;

    /** A mail is as long as it is; the picture of it takes a good third of that. */
    private static final String FIT =
            """
            () => document.querySelectorAll('iframe').forEach(mail => {
                const height = mail.contentDocument.documentElement.scrollHeight;
                mail.style.height = height + 'px';
                mail.parentElement.style.height = Math.ceil(height * .35) + 'px';
            })
            """;

    /**
     * @param mails their names in the gallery
     */
    void take(String name, List<String> mails, ColorScheme scheme) throws IOException {
        StringBuilder sheet = new StringBuilder(SHEET);
        for (String mail : mails) {
            String html = Files.readString(gallery.resolve(mail + ".html"));
            String subject =
                    Files.readString(gallery.resolve(mail + ".txt")).lines().findFirst().orElse("");
            sheet.append("<figure><figcaption><b>")
                    .append(mail)
                    .append("</b> ")
                    .append(escaped(subject))
                    .append("</figcaption><div><iframe srcdoc=\"")
                    .append(escaped(html))
                    .append("\"></iframe></div></figure>\n");
        }
        Page page = new Chromium(URI.create("http://localhost")).desk("en");
        page.setViewportSize(6 * (224 + 12) + 12, 800);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.setContent(sheet.toString());
        page.evaluate(FIT);
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(pictures.resolve(String.format(Locale.ROOT, "sheet-%s.png", name)))
                        .setFullPage(true));
        page.context().close();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }
}
