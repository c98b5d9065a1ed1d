package io.regulars.platform.secrets;

/** What a token is for. The name goes into the signature: renaming one makes its tokens void. */
public enum Purpose {
    VERIFY_SIGNUP,
    RESET_PASSWORD,
    MEMBER_CARD,
    CONFIRM_MEMBER,
    CONFIRM_JOIN,
    UNSUBSCRIBE,
    TRACK_CLICK,
    VOUCHER_QR,
    PAGE_FORM
}
