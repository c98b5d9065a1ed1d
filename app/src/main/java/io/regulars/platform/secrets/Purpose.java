package io.regulars.platform.secrets;

/** What a token is for. The name goes into the signature: renaming one makes its tokens void. */
public enum Purpose {
    VERIFY_SIGNUP,
    RESET_PASSWORD,
    ACCEPT_INVITATION,
    CHANGE_EMAIL,
    MEMBER_CARD,
    CONFIRM_JOIN,
    UNSUBSCRIBE,
    TRACK_CLICK,
    ANSWER,
    RETURN_PATH,
    SENDER_DOMAIN,
    VOUCHER_QR,
    PAGE_FORM,
    REPEATED_SECRET
}
