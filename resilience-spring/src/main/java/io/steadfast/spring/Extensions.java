package io.steadfast.spring;

import java.util.List;

import io.steadfast.core.OutcomeReader;

/**
 * What other libraries and protocols add to the machinery.
 *
 * @param readers understand outcomes, first to last
 * @param translators read other libraries' annotations
 * @param sections parts of the properties that belong to no policy
 */
public record Extensions(
        List<OutcomeReader> readers, List<AnnotationTranslator> translators, List<PropertySection> sections) {

    /** Nothing is added. */
    public static final Extensions NONE = new Extensions(List.of(), List.of(), List.of());

    /**
     * Copies the lists.
     *
     * @param readers understand outcomes
     * @param translators read other libraries' annotations
     * @param sections parts of the properties
     */
    public Extensions {
        readers = List.copyOf(readers);
        translators = List.copyOf(translators);
        sections = List.copyOf(sections);
    }
}
