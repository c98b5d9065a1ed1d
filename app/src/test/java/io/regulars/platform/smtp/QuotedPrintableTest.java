package io.regulars.platform.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotedPrintableTest {

    /** What decides where lines break, more often than chance would have it. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a",
                        " ",
                        "=",
                        "\n",
                        "\r",
                        "\r\n",
                        "ễ",
                        "ß",
                        "𝄞",
                        "\t",
                        "\0",
                        "word ",
                        "a run of plain text that is longer than half a line",
                        "x".repeat(75))
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }

    @Property
    void whatAReaderDecodesIsTheTextWithEveryBreakAsCrLf(@ForAll("texts") String text)
            throws MessagingException, IOException {
        assertThat(decoded(QuotedPrintable.of(text)))
                .isEqualTo(text.replaceAll("\r\n|\r|\n", "\r\n"));
    }

    @Property
    void linesAreShortPlainAsciiAndEndInNothingThatGetsLost(@ForAll("texts") String text) {
        String encoded = new String(QuotedPrintable.of(text), StandardCharsets.ISO_8859_1);
        for (String line : encoded.split("\r\n", -1)) {
            assertThat(line.length()).isLessThanOrEqualTo(76);
            assertThat(line).matches("[ -~]*").doesNotEndWith(" ").doesNotContain("=_");
        }
    }

    @Property
    void wholeLinesMayBeWrittenByThemselves(
            @ForAll("texts") String some, @ForAll("texts") String more) {
        assertThat(new String(QuotedPrintable.of(some + "\n" + more), StandardCharsets.US_ASCII))
                .isEqualTo(
                        new String(QuotedPrintable.of(some + "\n"), StandardCharsets.US_ASCII)
                                + new String(QuotedPrintable.of(more), StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource({"75, 75", "76, 76", "77, 80", "151, 154", "152, 158"})
    void aLineGoesOnOnlyWhereItMust(int plain, int encoded) {
        assertThat(QuotedPrintable.of("x".repeat(plain))).hasSize(encoded);
    }

    private static String decoded(byte[] encoded) throws MessagingException, IOException {
        try (InputStream in =
                MimeUtility.decode(new ByteArrayInputStream(encoded), "quoted-printable")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
