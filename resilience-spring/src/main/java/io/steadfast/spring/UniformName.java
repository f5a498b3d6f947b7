package io.steadfast.spring;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Compares names as Boot compares property names: case, dashes and underscores make no difference. */
final class UniformName {

    private UniformName() {}

    /** Lower case, letters, digits and dots only: {@code Inventory.find-all} is {@code inventory.findall}. */
    static String of(String name) {
        return name.chars()
                .filter(c -> Character.isLetterOrDigit(c) || c == '.')
                .mapToObj(Character::toString)
                .collect(Collectors.joining())
                .toLowerCase(Locale.ROOT);
    }

    /** Without dots too: an environment variable cannot tell dots from dashes. */
    static String squeezed(String name) {
        return of(name).replace(".", "");
    }

    static String squeezed(List<String> elements) {
        return squeezed(String.join("", elements));
    }

    static boolean same(String one, String other) {
        return of(one).equals(of(other));
    }
}
