package io.regulars.tenancy.signups;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.secrets.Purpose;
import io.regulars.platform.secrets.Signer;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.UserDao;
import io.regulars.tenancy.accountmail.AccountLinks;
import io.regulars.tenancy.accountmail.Letter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The mail with the link that verifies a signup. */
public final class SignupLetter implements Letter {

    static final String TEMPLATE = "signup_verification";

    private final ControlDb control;
    private final Clock clock;
    private final Signer signer;
    private final AccountLinks links;

    public SignupLetter(ControlDb control, Clock clock, Signer signer, AccountLinks links) {
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
        return Optional.ofNullable(subject)
                .flatMap(SignupId::parse)
                .flatMap(id ->
                        control.inTransaction(
                                handle -> content(new SignupDao(handle), new UserDao(handle), id)));
    }

    private Optional<Content> content(SignupDao signups, UserDao users, SignupId id) {
        return signups.find(id)
                .filter(signup -> !signup.verified() && clock.now().isBefore(signup.expiresAt()))
                .map(signup -> content(signup, VerifySignup.keepsPassword(users, signup)));
    }

    private Content content(SignupDao.Signup signup, boolean keepsPassword) {
        Locale locale = signup.details().locale();
        String validFor = locale.getLanguage().equals("vi") ? "24 giờ" : "24 hours";
        Map<String, Object> model = links.model(links.signupVerification(token(signup)), validFor);
        model.put("business_name", signup.details().businessName());
        model.put("keeps_password", keepsPassword);
        return new Content(locale, model);
    }

    private String token(SignupDao.Signup signup) {
        return signer.sign(
                Purpose.VERIFY_SIGNUP, signup.id().toString(), Optional.of(signup.expiresAt()));
    }
}
