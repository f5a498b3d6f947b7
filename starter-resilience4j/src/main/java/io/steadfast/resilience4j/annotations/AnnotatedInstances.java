package io.steadfast.resilience4j.annotations;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.steadfast.resilience4j.properties.InstanceUse;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds, before beans are made, which instances their annotations ask for: our settings are read once, and an annotation may give a
 * name that no property has. Goes by the types that definitions promise.
 */
public final class AnnotatedInstances {

    private final NameResolver names;

    private final Set<InstanceUse> found = new LinkedHashSet<>();

    private AnnotatedInstances(ConfigurableListableBeanFactory beans) {
        this.names = new NameResolver(beans);
    }

    /**
     * Looks through all bean definitions; makes no bean.
     *
     * @param beans the definitions
     * @return what their annotations ask for, each once
     */
    public static List<InstanceUse> in(ConfigurableListableBeanFactory beans) {
        AnnotatedInstances instances = new AnnotatedInstances(beans);
        for (String name : beans.getBeanDefinitionNames()) {
            Class<?> type = beans.getType(name, false);
            if (type != null && AnnotationUtils.isCandidateClass(type, ForeignAnnotation.types())) {
                instances.look(ClassUtils.getUserClass(type));
            }
        }
        return List.copyOf(instances.found);
    }

    private void look(Class<?> type) {
        List<ForeignAnnotation> onClass = read(type);
        for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type, AnnotatedInstances::isOfUser)) {
            List<ForeignAnnotation> all = new ArrayList<>(onClass);
            all.addAll(read(method));
            for (ForeignAnnotation annotation : all) {
                add(annotation, method);
            }
        }
    }

    private static boolean isOfUser(Method method) {
        return !method.isSynthetic() && method.getDeclaringClass() != Object.class;
    }

    private static List<ForeignAnnotation> read(AnnotatedElement element) {
        MergedAnnotations present = MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY);
        List<ForeignAnnotation> read = new ArrayList<>();
        for (Class<? extends Annotation> type : ForeignAnnotation.types()) {
            present.stream(type)
                    .map(MergedAnnotation::synthesize)
                    .map(ForeignAnnotation::of)
                    .forEach(read::add);
        }
        return read;
    }

    private void add(ForeignAnnotation annotation, Method method) {
        String configuration = annotation.configuration().trim();
        names.resolveEarly(annotation.name(), method)
                .map(name -> PerCallNames.instance(name, configuration, method))
                .ifPresent(name -> found.add(new InstanceUse(annotation.policy(), name, configuration)));
    }
}
