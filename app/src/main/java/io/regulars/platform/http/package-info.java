/**
 * One HTTP manner for all rooms: problem details, request ids, paging, retries, who may call, the
 * OpenAPI document. Owns no tables.
 */
@NullMarked
package io.regulars.platform.http;

import org.jspecify.annotations.NullMarked;
