package io.regulars.platform.retries;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a POST that moves points or stock and has no natural key: its Idempotency-Key is kept for
 * ever, so that a repeat a year later does not pay twice.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface KeepsKey {}
