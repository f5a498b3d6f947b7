package io.steadfast.spring;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads annotations of another library as if they were ours. One such bean per library; what it answers counts exactly like our own
 * annotations standing in the same place, and so do start-up checks and messages.
 *
 * <p>Asked while beans are made, so it should need nothing but constants. Spring's {@code MergedAnnotation.of(type, attributes)}
 * makes annotations.
 */
public interface AnnotationTranslator {

    /**
     * The annotations that this reads.
     *
     * @return annotation types of another library
     */
    Set<Class<? extends Annotation>> types();

    /**
     * What an annotation means here.
     *
     * @param foreign an annotation of one of the {@link #types()}
     * @param method the method that it guards, whether it stands there, on its class or on an interface
     * @return annotations of ours, in any order; the same kind may come from several foreign ones if they agree
     * @throws InvalidGuardException if it means nothing that this could do; reported at start-up
     */
    List<Annotation> translate(Annotation foreign, GuardedMethod method);

    /**
     * Settings that an annotation states and that ours have no attributes for. They rank like attributes, and hold for the policies
     * that {@link #translate} asks for.
     *
     * @param foreign an annotation of one of the {@link #types()}
     * @param method the method that it guards
     * @return values, as in the policy's JavaBean or as text, by the policy's section in the properties and by key in kebab case; none
     *     unless overridden
     */
    default Map<String, Map<String, Object>> settings(Annotation foreign, GuardedMethod method) {
        return Map.of();
    }
}
