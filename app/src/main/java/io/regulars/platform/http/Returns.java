package io.regulars.platform.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What an endpoint answers when all is well. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Returns {

    int status() default 200;

    /** Another status of success with the same body, such as 200 for what was already there. */
    int[] also() default {};

    /** The body; {@code Void} for none. */
    Class<?> value();

    /** The body is a page ({@link Page}) of {@link #value}. */
    boolean page() default false;
}
