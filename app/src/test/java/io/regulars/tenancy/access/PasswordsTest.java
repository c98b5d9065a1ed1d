package io.regulars.tenancy.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regulars.platform.http.Problem;
import io.regulars.platform.secrets.SecretText;
import io.regulars.tenancy.forms.Form;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final Passwords passwords = new Passwords(Passwords.MEMORY_KIB);

    @Test
    void aPasswordIsKeptAsAnArgon2idHashOfTheChosenCost() {
        String hash = passwords.hash(new SecretText("a long enough one"));
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.matches(new SecretText("a long enough one"), Optional.of(hash)))
                .isTrue();
        assertThat(passwords.matches(new SecretText("a long enough two"), Optional.of(hash)))
                .isFalse();
    }

    @Test
    void aHashThatCostAnotherAmountStaysValid() {
        String cheap = new Passwords(64).hash(new SecretText("a long enough one"));
        assertThat(cheap).startsWith("$argon2id$v=19$m=64,t=2,p=1$");
        assertThat(passwords.matches(new SecretText("a long enough one"), Optional.of(cheap)))
                .isTrue();
        assertThat(passwords.matches(new SecretText("a long enough two"), Optional.of(cheap)))
                .isFalse();
    }

    @Test
    void anAccentTypedOnAnotherKeyboardIsTheSamePassword() {
        String hash = passwords.hash(new SecretText("khách quen ở Huế"));
        String decomposed =
                java.text.Normalizer.normalize("khách quen ở Huế", java.text.Normalizer.Form.NFD);
        assertThat(passwords.matches(new SecretText(decomposed), Optional.of(hash))).isTrue();
    }

    @Test
    void nobodyHasNoPassword() {
        assertThat(passwords.matches(new SecretText("a long enough one"), Optional.empty()))
                .isFalse();
    }

    @Test
    void shortLongAndObviousPasswordsAreRefused() {
        assertThat(code("")).isEqualTo("required");
        assertThat(code("ninechars")).isEqualTo("too_short");
        assertThat(code("x".repeat(201))).isEqualTo("too_long");
        for (String weak :
                new String[] {
                    "Owner@Shop.example",
                    "1234567890",
                    "0987654321",
                    "abababababab",
                    "qwertyuiop",
                    "P@ssw0rd2026!",
                    "matkhau12345",
                    "iloveyou!!"
                }) {
            assertThat(code(weak)).as(weak).isEqualTo("too_weak");
        }
    }

    private String code(String password) {
        Form form = new Form();
        passwords.read(form, "/password", new SecretText(password), "owner@shop.example");
        Problem[] problem = new Problem[1];
        assertThatThrownBy(form::check).isInstanceOfSatisfying(Problem.class, p -> problem[0] = p);
        return problem[0].errors().getFirst().code();
    }
}
