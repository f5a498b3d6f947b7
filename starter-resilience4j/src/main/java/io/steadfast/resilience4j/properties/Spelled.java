package io.steadfast.resilience4j.properties;

import java.util.Locale;
import java.util.stream.Collectors;

/** Compares names as Boot does: case, dashes and underscores make no difference, and environment variables lose them. */
final class Spelled {

    private Spelled() {}

    static String uniform(String name) {
        return name.chars()
                .filter(c -> Character.isLetterOrDigit(c) || c == '.')
                .mapToObj(Character::toString)
                .collect(Collectors.joining())
                .toLowerCase(Locale.ROOT);
    }

    static boolean same(String one, String other) {
        return uniform(one).equals(uniform(other));
    }
}
