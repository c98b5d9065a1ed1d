package io.regulars.platform.retries;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;

/** How answers are written to be kept: as they are given, without what is shown once. */
final class KeptAnswers extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    private KeptAnswers() {}

    static ObjectMapper mapper(ObjectMapper given) {
        ObjectMapper kept = given.copy();
        kept.setAnnotationIntrospectors(
                AnnotationIntrospectorPair.pair(
                        new KeptAnswers(),
                        given.getSerializationConfig().getAnnotationIntrospector()),
                given.getDeserializationConfig().getAnnotationIntrospector());
        return kept;
    }

    @Override
    public boolean hasIgnoreMarker(AnnotatedMember member) {
        return member.hasAnnotation(ShownOnce.class);
    }
}
