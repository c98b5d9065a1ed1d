package io.regulars.platform.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a POST whose work is done in several transactions, so that the answer to its {@code
 * Idempotency-Key} cannot be kept in the same one as the work.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SpansTransactions {}
