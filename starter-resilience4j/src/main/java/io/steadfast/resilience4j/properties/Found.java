package io.steadfast.resilience4j.properties;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.origin.Origin;
import org.springframework.util.StringUtils;

/**
 * A key that somebody set.
 *
 * @param parts the property, or those of a list's elements
 * @param level how far from the instance
 * @param forAll whether it is in the config that holds for everybody
 * @param placeholders resolves them
 */
record Found(List<ForeignProperty> parts, int level, boolean forAll, UnaryOperator<String> placeholders) {

    Origin origin() {
        return parts.get(0).origin();
    }

    /** As written, placeholders and all. */
    Object raw() {
        return parts.get(0).value();
    }

    String text() {
        return resolved(parts.get(0));
    }

    boolean isTrue() {
        return Boolean.parseBoolean(text());
    }

    /** A value that is none is our binder's to refuse, with the place it comes from. */
    Optional<Duration> duration() {
        return parsed(DurationStyle::detectAndParse);
    }

    Optional<Double> number() {
        return parsed(Double::valueOf);
    }

    private <T> Optional<T> parsed(Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text()));
        } catch (IllegalArgumentException noSuchValue) {
            return Optional.empty();
        }
    }

    /** The elements of a list, each with the property it comes from. */
    List<Element> elements() {
        List<Element> elements = new ArrayList<>();
        for (ForeignProperty part : parts) {
            for (String text : StringUtils.tokenizeToStringArray(resolved(part), ",")) {
                elements.add(new Element(text, part.origin()));
            }
        }
        return elements;
    }

    private String resolved(ForeignProperty property) {
        Object value = property.value();
        return value instanceof Class<?> type
                ? type.getName()
                : placeholders.apply(value.toString()).trim();
    }

    /** One of a list. */
    record Element(String text, Origin origin) {}
}
