package io.regulars.platform.http;

import java.util.Locale;

/**
 * The whole catalogue of refusals; {@code docs/errors.md} is made from it. The code is the
 * lower-cased name.
 */
public enum ProblemType {
    MALFORMED_JSON(400, "The body is not valid JSON"),
    MALFORMED_YAML(400, "The body is not valid YAML"),
    BAD_REQUEST(400, "The request cannot be read"),
    BODY_MISSING(400, "The body is missing"),
    NUMBER_OUT_OF_RANGE(400, "A number is beyond what can be held"),
    UNAUTHENTICATED(401, "No valid credentials"),
    FORBIDDEN(403, "These credentials may not do this"),
    TENANT_SUSPENDED(403, "This shop is suspended"),
    NOT_FOUND(404, "Not found"),
    MEMBER_MERGED(404, "The member was merged into another"),
    METHOD_NOT_ALLOWED(405, "Method not allowed here"),
    NOT_ACCEPTABLE(406, "No representation of this kind"),
    REQUEST_TIMEOUT(408, "The request did not arrive in time"),
    CONFLICT(409, "In conflict with what is there"),
    MEMBER_EXISTS(409, "There is already such a member"),
    ALREADY_RECORDED(409, "Already recorded with other content"),
    IDEMPOTENCY_IN_PROGRESS(409, "A request with this key is still running"),
    CLOCK_IS_ADVANCING(409, "The test clock is already being advanced"),
    TEST_SIDE_ONLY(422, "Only test data have this"),
    LAST_OWNER(409, "A shop has at least one owner"),
    ALREADY_MEMBER(409, "This person belongs to the shop already"),
    BILLING_OFF(409, "Nothing is to be paid here"),
    CAMPAIGN_STATE(409, "The campaign is in another state"),
    GONE(410, "No longer kept"),
    PRECONDITION_FAILED(412, "Changed in the meantime"),
    PAYLOAD_TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "This content type is not accepted here"),
    VALIDATION_FAILED(422, "The request is understood but not right"),
    IDEMPOTENCY_KEY_REUSED(422, "The key was used for another request"),
    MEMBER_NOT_FOUND(422, "No such member"),
    MEMBER_AMBIGUOUS(422, "More than one member fits"),
    NOT_ENOUGH_POINTS(422, "The member has not enough points"),
    SOLD_OUT(422, "None of it is left"),
    LIMIT_REACHED(422, "The member has had it as often as allowed"),
    TIER_TOO_LOW(422, "Only members of other tiers may have it"),
    NOT_REDEEMABLE(422, "Points do not buy this reward"),
    HOLD_EXPIRED(422, "The hold has run out"),
    VOUCHER_USED(422, "The voucher has been used"),
    VOUCHER_NOT_VALID(422, "The voucher does not hold here"),
    REFUND_EXCEEDS_PURCHASE(422, "More than is left of the purchase"),
    ALREADY_CLAIMED(409, "Somebody has claimed this purchase"),
    NOT_MERGED(422, "The two were not merged"),
    SENDER_IDENTITY_MISSING(422, "The sender's identity is not complete"),
    PLAN_LIMIT_REACHED(422, "The plan has no room for more"),
    TOKEN_INVALID(422, "The link is not valid or no longer so"),
    TOO_SLOW(422, "The answer takes too long to find"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    INTERNAL_ERROR(500, "Something went wrong on our side"),
    NOT_IMPLEMENTED(501, "This server does not know how to do that"),
    UNAVAILABLE(503, "Not available at the moment"),
    SCHEMA_OUTDATED(503, "This shop's data is being upgraded"),
    HTTP_VERSION_NOT_SUPPORTED(505, "This version of HTTP is not spoken here");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A relative reference, so that it holds whatever address the service is reached by. */
    public String uri() {
        return "/docs/errors#" + code();
    }

    /** The refusal that says no more than its status; for what frameworks refuse in our stead. */
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_TIMEOUT;
            case 409 -> CONFLICT;
            case 410 -> GONE;
            case 412 -> PRECONDITION_FAILED;
            case 413 -> PAYLOAD_TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 422 -> VALIDATION_FAILED;
            case 429 -> TOO_MANY_REQUESTS;
            case 431 -> HEADERS_TOO_LARGE;
            case 501 -> NOT_IMPLEMENTED;
            case 503 -> UNAVAILABLE;
            case 505 -> HTTP_VERSION_NOT_SUPPORTED;
            default -> status >= 500 ? INTERNAL_ERROR : BAD_REQUEST;
        };
    }
}
