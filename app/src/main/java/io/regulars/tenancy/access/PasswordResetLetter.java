package io.regulars.tenancy.access;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.secrets.Purpose;
import io.regulars.platform.secrets.Signer;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.accountmail.AccountLinks;
import io.regulars.tenancy.accountmail.Letter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mail with the link to a new password. Whether anybody has the address is found out only here,
 * so that the request for it takes the same course for everybody.
 */
public final class PasswordResetLetter implements Letter {

    static final String TEMPLATE = "password_reset";
    private static final Duration VALID = Duration.ofHours(1);

    private final ControlDb control;
    private final Clock clock;
    private final Signer signer;
    private final AccountLinks links;

    public PasswordResetLetter(ControlDb control, Clock clock, Signer signer, AccountLinks links) {
        this.control = control;
        this.clock = clock;
        this.signer = signer;
        this.links = links;
    }

    @Override
    public String template() {
        return TEMPLATE;
    }

    @Override
    public Optional<Content> content(String recipient, @Nullable String subject) {
        return control.inTransaction(handle -> {
            UserDao users = new UserDao(handle);
            return users.findByEmail(recipient).map(user -> content(user, locale(users, user)));
        });
    }

    private Content content(UserDao.User user, Locale locale) {
        String token =
                signer.sign(
                        Purpose.RESET_PASSWORD,
                        ResetPassword.payload(user),
                        Optional.of(clock.now().plus(VALID)));
        String validFor = locale.getLanguage().equals("vi") ? "1 giờ" : "1 hour";
        return new Content(locale, links.model(links.passwordReset(token), validFor));
    }

    private static Locale locale(UserDao users, UserDao.User user) {
        return users.shops(user.id()).stream()
                .map(UserDao.Shop::locale)
                .findFirst()
                .orElse(Locale.ENGLISH);
    }
}
