package io.regulars.events;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what an id in an event is the id of, by its prefix: {@code @TypedId("mem") UUID member} is
 * published as {@code mem_…}. Every id in an event has it.
 */
@JacksonAnnotationsInside
@JsonSerialize(using = TypedIdSerializer.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD})
public @interface TypedId {
    String value();
}
