package io.regulars.platform.retries;

/**
 * A call that may be a retry.
 *
 * @param path method and path, query included: a key is good for one of them; without a shop also
 *     whom the call is about, for strangers do not know of each other's keys
 * @param fingerprint of body and scope, to tell a retry from another request under the same key
 * @param keeps whether the key is kept for ever
 */
record KeyedCall(String path, String key, Fingerprint fingerprint, boolean keeps) {}
