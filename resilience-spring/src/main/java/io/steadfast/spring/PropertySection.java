package io.steadfast.spring;

/**
 * A section of the properties that belongs to no policy: keys below it are known if the JavaBean has them, and are refused like all
 * others if it does not. Its owner binds it. A starter declares one such bean for each.
 *
 * @param name the section under {@code resilience.}, in kebab case, for example {@code http}
 * @param shape the JavaBean; a {@code Map} takes any name, what is nested is looked into
 */
public record PropertySection(String name, Class<?> shape) {}
