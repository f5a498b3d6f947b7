package io.steadfast.spring;

import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.StringUtils;

/** Reads those attributes of a policy annotation that are settings and that are set. */
final class AnnotationAttributes {

    private AnnotationAttributes() {}

    /** Settings by their key: {@code maxAttempts} becomes {@code max-attempts}. An unset attribute is not in the map. */
    static Map<String, Object> settings(Annotation annotation, Class<?> settingsType) {
        Map<String, Object> set = new LinkedHashMap<>();
        for (Method attribute : annotation.annotationType().getDeclaredMethods()) {
            String name = attribute.getName();
            if (BeanUtils.getPropertyDescriptor(settingsType, name) != null) {
                Object value = AnnotationUtils.getValue(annotation, name);
                if (value != null && isSet(value)) {
                    set.put(kebab(name), value);
                }
            }
        }
        return set;
    }

    /** The {@code value} attribute: the name of the instance. */
    static String name(Annotation annotation) {
        Object value = AnnotationUtils.getValue(annotation);
        return value instanceof String name ? name.trim() : "";
    }

    private static boolean isSet(Object value) {
        if (value instanceof String text) {
            return StringUtils.hasLength(text);
        }
        if (value.getClass().isArray()) {
            return Array.getLength(value) > 0;
        }
        if (value instanceof Double number) {
            return !number.isNaN();
        }
        return !value.equals(Integer.MIN_VALUE) && !value.equals(Long.MIN_VALUE);
    }

    private static String kebab(String name) {
        StringBuilder kebab = new StringBuilder();
        for (char letter : name.toCharArray()) {
            if (Character.isUpperCase(letter)) {
                kebab.append('-');
            }
            kebab.append(Character.toLowerCase(letter));
        }
        return ConfigurationPropertyName.of(kebab).toString();
    }
}
