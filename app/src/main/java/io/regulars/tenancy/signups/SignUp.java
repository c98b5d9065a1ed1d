package io.regulars.tenancy.signups;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.secrets.SecretText;
import io.regulars.platform.time.Clock;
import io.regulars.tenancy.access.Passwords;
import io.regulars.tenancy.accountmail.AccountMailDao;
import io.regulars.tenancy.accountmail.AccountMailer;
import io.regulars.tenancy.forms.Form;
import io.regulars.tenancy.tenants.FoundTenant;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes a signup down and has the link to verify it mailed. Knows nothing of users and shops that
 * are there, so that no answer, and no time it takes, can tell of them.
 */
public final class SignUp {

    static final Duration VALID = Duration.ofHours(24);

    private final ControlDb control;
    private final Clock clock;
    private final Passwords passwords;
    private final AccountMailer mailer;
    private final Predicate<String> presets;

    /**
     * Takes what it needs.
     *
     * @param presets whether there is a preset of this name
     */
    public SignUp(
            ControlDb control,
            Clock clock,
            Passwords passwords,
            AccountMailer mailer,
            Predicate<String> presets) {
        this.control = control;
        this.clock = clock;
        this.passwords = passwords;
        this.mailer = mailer;
        this.presets = presets;
    }

    /** The body of {@code POST /v1/signups}. */
    public record NewSignup(
            @Nullable String businessName,
            @Nullable String email,
            @Nullable SecretText password,
            @Nullable String country,
            @Nullable String timeZone,
            @Nullable String locale,
            @Nullable String currency,
            @Nullable String preset) {
        @Override
        public String toString() {
            return "NewSignup";
        }
    }

    /**
     * Takes it down and plans the mail.
     *
     * @throws io.regulars.platform.http.Problem 422 with all that is wrong with it
     */
    public SignupId handle(NewSignup body) {
        Form form = new Form();
        String email = form.email("/email", body.email());
        SecretText password = passwords.read(form, "/password", body.password(), email);
        FoundTenant.Details details = details(form, body);
        form.check();
        String hash = passwords.hash(password);
        SignupId id = SignupId.next();
        Instant now = clock.now();
        control.run(handle -> {
            new SignupDao(handle)
                    .insert(
                            new SignupDao.Signup(
                                    id, email, hash, details, now.plus(VALID), null, false),
                            now);
            boolean _ =
                    new AccountMailDao(handle)
                            .planAskedFor(SignupLetter.TEMPLATE, email, id.toString(), "", now);
        });
        mailer.wake();
        return id;
    }

    private FoundTenant.Details details(Form form, NewSignup body) {
        String preset = body.preset();
        if (preset != null && !presets.test(preset)) {
            form.refuse(
                    "/preset",
                    "unknown_preset",
                    "There is no preset " + preset + "; GET /v1/presets lists them.");
        }
        return new FoundTenant.Details(
                form.name("/business_name", body.businessName(), 200),
                form.country("/country", body.country()),
                form.zone("/time_zone", body.timeZone()),
                form.locale("/locale", body.locale()),
                form.currency("/currency", body.currency()),
                preset);
    }
}
