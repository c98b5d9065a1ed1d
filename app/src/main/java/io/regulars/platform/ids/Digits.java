package io.regulars.platform.ids;

/** Numbers that people read off a card. */
public final class Digits {

    private Digits() {}

    /**
     * The digits with their check digit behind (Luhn, ISO/IEC 7812-1), so that a typing error is
     * seen at once.
     */
    public static String withCheckDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return digits + (10 - sum % 10) % 10;
    }

    /** A random number of this many digits, the last one a check digit. */
    public static String random(int length) {
        return withCheckDigit(Tokens.digits(length - 1));
    }
}
