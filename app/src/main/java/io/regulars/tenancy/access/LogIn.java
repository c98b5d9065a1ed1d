package io.regulars.tenancy.access;

import io.regulars.platform.db.ControlDb;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.ids.TenantId;
import io.regulars.platform.secrets.SecretText;
import io.regulars.platform.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens a session for a person and one of their shops. A wrong password, an unknown address and a
 * shop that is not theirs are answered alike, after the same work.
 */
public final class LogIn {

    private final ControlDb control;
    private final Clock clock;
    private final Passwords passwords;
    private final LoginThrottle throttle;

    public LogIn(ControlDb control, Clock clock, Passwords passwords, LoginThrottle throttle) {
        this.control = control;
        this.clock = clock;
        this.passwords = passwords;
        this.throttle = throttle;
    }

    /**
     * A person who is in.
     *
     * @param shops all of theirs, so that they can say which one they mean
     */
    record Entered(SessionDao.Opened session, UserDao.Shop shop, List<UserDao.Shop> shops) {}

    /**
     * Opens the session.
     *
     * @param tenant which of the person's shops; absent: the first that is not suspended
     * @param network where the request came from
     */
    Entered handle(String email, SecretText password, @Nullable String tenant, String network) {
        String address = email.strip().toLowerCase(Locale.ROOT);
        LoginThrottle.Attempt attempt = throttle.attempt(address, network);
        Optional<UserDao.User> user =
                control.inTransaction(handle -> new UserDao(handle).findByEmail(address));
        if (!passwords.matches(password, user.map(UserDao.User::passwordHash))) {
            throw refused();
        }
        UserId id = user.orElseThrow(LogIn::refused).id();
        throttle.succeeded(attempt);
        return control.inTransaction(handle -> {
            List<UserDao.Shop> shops = new UserDao(handle).shops(id);
            UserDao.Shop shop = chosen(shops, tenant).orElseThrow(LogIn::refused);
            return new Entered(
                    new SessionDao(handle).open(id, shop.id(), clock.now()), shop, shops);
        });
    }

    private static Optional<UserDao.Shop> chosen(
            List<UserDao.Shop> shops, @Nullable String tenant) {
        if (tenant == null) {
            return shops.stream().findFirst();
        }
        return TenantId.parse(tenant)
                .flatMap(id -> shops.stream().filter(shop -> shop.id().equals(id)).findFirst());
    }

    private static Problem refused() {
        return Problem.of(
                ProblemType.UNAUTHENTICATED,
                "E-mail address, password and shop do not belong together.");
    }
}
