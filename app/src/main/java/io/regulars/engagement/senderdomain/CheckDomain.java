package io.regulars.engagement.senderdomain;

import io.regulars.engagement.senderdomain.SenderDomain.Finding;
import io.regulars.engagement.senderdomain.SenderDomain.Purpose;
import io.regulars.engagement.senderdomain.SenderDomain.Result;
import io.regulars.platform.net.TextRecords;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks whether the DNS of a domain says what mailbox providers want to read there. */
final class CheckDomain {

    private static final int LONGEST_SHOWN = 400;

    private final TextRecords texts;
    private final String house;

    /**
     * @param house the domain of the house's own address
     */
    CheckDomain(TextRecords texts, String house) {
        this.texts = texts;
        this.house = house;
    }

    /** What has to be there, before anybody has looked. */
    List<Finding> wanted(SenderDomain domain, String proof) {
        return check(domain, proof, _ -> Optional.empty());
    }

    List<Finding> check(SenderDomain domain, String proof) {
        return check(domain, proof, texts::of);
    }

    private interface Look {
        Optional<List<String>> at(String name);
    }

    private List<Finding> check(SenderDomain domain, String proof, Look look) {
        String name = domain.domain();
        String include = "include:" + house;
        return List.of(
                finding(
                        Purpose.OWNERSHIP,
                        "_regulars." + name,
                        proof,
                        look,
                        text -> text.strip().equals(proof),
                        text -> text.startsWith("regulars=")),
                // Two such records make each other void (RFC 7208, section 4.5).
                finding(
                        Purpose.SPF,
                        name,
                        "v=spf1 " + include + " ~all",
                        look,
                        text -> Stream.of(text.split("\\s+", -1)).anyMatch(include::equals),
                        text -> lower(text).startsWith("v=spf1")),
                finding(
                        Purpose.DKIM,
                        domain.dkimSelector() + "._domainkey." + name,
                        "v=DKIM1; k=rsa; p=(the public key that your relay shows you)",
                        look,
                        // An empty key is a withdrawn one (RFC 6376, section 3.6.1).
                        text -> text.matches("(?s).*(^|;)\\s*p=\\s*[A-Za-z0-9+/].*"),
                        text -> text.contains("p=")),
                finding(
                        Purpose.DMARC,
                        "_dmarc." + name,
                        "v=DMARC1; p=none",
                        look,
                        text ->
                                text.matches(
                                        "(?is)v=DMARC1\\s*;.*\\bp\\s*=\\s*(none|quarantine|reject).*"),
                        text -> lower(text).startsWith("v=dmarc1")));
    }

    /**
     * @param about which of several texts under a name are meant
     */
    private static Finding finding(
            Purpose purpose,
            String name,
            String expected,
            Look look,
            Predicate<String> passes,
            Predicate<String> about) {
        Optional<List<String>> answer = look.at(name);
        if (answer.isEmpty()) {
            return new Finding(purpose, name, expected, null, Result.UNKNOWN);
        }
        List<String> found = answer.get().stream().filter(about).toList();
        if (found.isEmpty()) {
            return new Finding(purpose, name, expected, null, Result.MISSING);
        }
        boolean good = found.size() == 1 && passes.test(found.getFirst());
        return new Finding(
                purpose, name, expected, shown(found), good ? Result.PASS : Result.WRONG);
    }

    private static @Nullable String shown(List<String> found) {
        String text = String.join(" | ", found);
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN);
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
