package io.regulars.platform.smtp;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A display name and an address. The name is made harmless, the address is checked: one that could
 * break an SMTP command or that a relay without SMTPUTF8 cannot take is refused with {@link
 * IllegalArgumentException}. A domain in another script is written in its ASCII form.
 */
public record Mailbox(@Nullable String name, String address) {
    private static final int LONGEST_ADDRESS = 254;

    public Mailbox {
        name = name == null ? "" : HeaderText.clean(name);
        name = name.isEmpty() ? null : name;
        address = checked(address);
    }

    public static Mailbox of(String address) {
        return new Mailbox(null, address);
    }

    /** Whether {@link Mailbox} would take this address. */
    public static boolean accepts(String address) {
        try {
            checked(address);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static String checked(String address) {
        int at = address.lastIndexOf('@');
        if (at < 1 || at == address.length() - 1) {
            throw new IllegalArgumentException(
                    "An e-mail address needs a part before and after its @");
        }
        String ascii =
                address.substring(0, at + 1)
                        + IDN.toASCII(address.substring(at + 1), IDN.ALLOW_UNASSIGNED);
        HeaderText.requirePrintable("An e-mail address", ascii);
        // Angle brackets would end the path of MAIL FROM and RCPT TO early.
        if (ascii.length() > LONGEST_ADDRESS
                || ascii.indexOf('<') >= 0
                || ascii.indexOf('>') >= 0) {
            throw new IllegalArgumentException("Not an e-mail address that can be delivered to");
        }
        try {
            new InternetAddress(ascii, true);
        } catch (AddressException e) {
            throw new IllegalArgumentException("Not an e-mail address: " + e.getMessage(), e);
        }
        return ascii;
    }

    InternetAddress internetAddress() {
        try {
            InternetAddress result = new InternetAddress();
            result.setAddress(address);
            if (name != null) {
                result.setPersonal(name, StandardCharsets.UTF_8.name());
            }
            return result;
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("UTF-8 is always there", e);
        }
    }
}
