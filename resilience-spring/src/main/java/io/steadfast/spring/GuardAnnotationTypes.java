package io.steadfast.spring;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Knows which annotations guard, from the mere definitions of the policy providers: most beans have none of them, and for
 * those nothing of the machinery behind the annotations needs to exist. So beans that it is made of can come by first.
 */
final class GuardAnnotationTypes {

    private final Set<Class<? extends Annotation>> types = new LinkedHashSet<>();

    GuardAnnotationTypes(ListableBeanFactory beans) {
        types.add(Resilient.class);
        for (String name :
                BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, PolicyProvider.class, true, false)) {
            Class<? extends Annotation> type = annotationOf(beans.getType(name, false));
            types.add(type != null ? type : ((PolicyProvider<?, ?>) beans.getBean(name)).annotation());
        }
        for (String name :
                BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, AnnotationTranslator.class, true, false)) {
            types.addAll(((AnnotationTranslator) beans.getBean(name)).types());
        }
    }

    /** Whether a class, one of its methods, or an interface of either is annotated. May say yes too often, never no. */
    boolean mayGuard(Class<?> beanClass) {
        if (!AnnotationUtils.isCandidateClass(beanClass, types)) {
            return false;
        }
        return isPresent(beanClass) || BeanMethods.of(beanClass).stream().anyMatch(this::isPresent);
    }

    private boolean isPresent(AnnotatedElement element) {
        MergedAnnotations annotations = MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY);
        return types.stream().anyMatch(annotations::isPresent);
    }

    private static @Nullable Class<? extends Annotation> annotationOf(@Nullable Class<?> provider) {
        Class<?> type = ResolvableType.forClass(
                        PolicyProvider.class, provider == null ? PolicyProvider.class : provider)
                .getGeneric(0)
                .resolve();
        return type == null || !type.isAnnotation() ? null : type.asSubclass(Annotation.class);
    }
}
