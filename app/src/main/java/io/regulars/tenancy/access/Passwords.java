package io.regulars.tenancy.access;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.regulars.platform.http.Problem;
import io.regulars.platform.http.ProblemType;
import io.regulars.platform.ids.Tokens;
import io.regulars.platform.secrets.SecretText;
import io.regulars.tenancy.forms.Form;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with Argon2id, two at a time: each takes 19 MiB and some 30 ms of a core, and a
 * flood of logins must not take the tills' share of either. A hash says what it cost, so that it
 * can be checked when another cost has been chosen since.
 */
public final class Passwords {

    private static final int SHORTEST = 10;
    private static final int LONGEST = 200;
    private static final int SALT_BYTES = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The first choice of OWASP's password storage cheat sheet: m=19 MiB, t=2, p=1. */
    public static final int MEMORY_KIB = 19 * 1024;

    private static final int ITERATIONS = 2;
    private static final int HASH_BYTES = 32;

    private static final Pattern HASH =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=2,p=1\\$([^$]+)\\$([^$]+)");

    private final int memoryKib;
    private final Semaphore slots = new Semaphore(2, true);
    private final String nobodys;

    /**
     * @param memoryKib what each hash takes; its time grows with it
     */
    public Passwords(int memoryKib) {
        this.memoryKib = memoryKib;
        // Of no password at all: to be compared with, it need not come from hashing one, which
        // would hold up every start.
        this.nobodys = written(Tokens.bytes(SALT_BYTES), Tokens.bytes(HASH_BYTES));
    }

    /** Checks a new password within a form. */
    public SecretText read(Form form, String pointer, @Nullable SecretText password, String email) {
        String text = password == null ? "" : normal(password);
        int length = text.codePointCount(0, text.length());
        if (length == 0) {
            form.refuse(pointer, "required", "Must be there, and not empty.");
        } else if (length < SHORTEST) {
            form.refuse(
                    pointer, "too_short", "A password has at least " + SHORTEST + " characters.");
        } else if (length > LONGEST) {
            form.refuse(pointer, "too_long", "Must have at most " + LONGEST + " characters.");
        } else {
            WeakPasswords.reason(text, email)
                    .ifPresent(why -> form.refuse(pointer, "too_weak", why));
        }
        return new SecretText(text);
    }

    public String hash(SecretText password) {
        byte[] salt = Tokens.bytes(SALT_BYTES);
        return written(salt, argon2(normal(password), salt, memoryKib));
    }

    /** Written by ourselves: the library spells the algorithm's name by the machine's locale. */
    private String written(byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m="
                + memoryKib
                + ",t="
                + ITERATIONS
                + ",p=1$"
                + base64.encodeToString(salt)
                + "$"
                + base64.encodeToString(hash);
    }

    /** Does the same work, and says no, where there is nobody whose password it could be. */
    public boolean matches(SecretText password, Optional<String> hash) {
        String text = normal(password);
        if (text.length() > 2 * LONGEST) {
            return false;
        }
        Matcher parts = HASH.matcher(hash.orElse(nobodys));
        if (!parts.matches()) {
            throw new IllegalStateException("a password's hash is in another form");
        }
        byte[] kept = Base64.getDecoder().decode(parts.group(3));
        byte[] salt = Base64.getDecoder().decode(parts.group(2));
        byte[] given = argon2(text, salt, Integer.parseInt(parts.group(1)));
        return MessageDigest.isEqual(given, kept) && hash.isPresent();
    }

    private byte[] argon2(String text, byte[] salt, int memory) {
        Argon2Function argon2 =
                Argon2Function.getInstance(memory, ITERATIONS, 1, HASH_BYTES, Argon2.ID);
        return taking(() -> argon2.hash(text.getBytes(StandardCharsets.UTF_8), salt).getBytes());
    }

    /**
     * A letter with its accents is one character or several, by the keyboard; it is the same
     * password.
     */
    private static String normal(SecretText password) {
        return Normalizer.normalize(password.value(), Normalizer.Form.NFKC);
    }

    private <R> R taking(Supplier<R> work) {
        try {
            if (!slots.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return work.get();
        } finally {
            slots.release();
        }
    }

    private static Problem busy() {
        return Problem.of(ProblemType.UNAVAILABLE, "Too many log-ins at this moment; try again.")
                .retryAfter(PATIENCE);
    }
}
