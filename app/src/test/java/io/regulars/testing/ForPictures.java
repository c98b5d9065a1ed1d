package io.regulars.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Runs only where pictures are wanted: what it would find, another test finds. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
        named = "pages.pictures",
        matches = "true",
        disabledReason =
                "only takes pictures of pages that other tests look at; -Dpages.pictures=true")
public @interface ForPictures {}
