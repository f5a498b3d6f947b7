package io.steadfast.spring.live;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * JSON on one line, into one buffer that is used again and again. Names of calls may come from anybody, so besides what JSON demands
 * all that means something to HTML, and line breaks of any kind, are escaped too; numbers that JSON has no notation for become
 * {@code null}. Not thread-safe.
 */
final class JsonText {

    private static final String HEX = "0123456789abcdef";

    private static final double LARGEST_EXACT = 1L << 53;

    private final StringBuilder text = new StringBuilder(1024);

    JsonText clear() {
        text.setLength(0);
        return this;
    }

    /** Begins an object; a comma comes first where one is due. */
    JsonText begin() {
        comma();
        text.append('{');
        return this;
    }

    JsonText end() {
        text.append('}');
        return this;
    }

    JsonText beginList() {
        comma();
        text.append('[');
        return this;
    }

    JsonText endList() {
        text.append(']');
        return this;
    }

    JsonText key(String name) {
        string(name);
        text.append(':');
        return this;
    }

    JsonText number(long value) {
        comma();
        text.append(value);
        return this;
    }

    JsonText string(@Nullable CharSequence value) {
        comma();
        if (value == null) {
            text.append("null");
            return this;
        }
        text.append('"');
        for (int index = 0; index < value.length(); index++) {
            character(value, index);
        }
        text.append('"');
        return this;
    }

    /** Something that is JSON already. */
    JsonText raw(CharSequence json) {
        comma();
        text.append(json);
        return this;
    }

    /** Lists, maps, numbers, truths and nothing as they are; everything else as text. */
    JsonText value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            begin();
            map.forEach((key, one) -> key(String.valueOf(key)).value(one));
            return end();
        }
        if (value instanceof Iterable<?> list) {
            beginList();
            list.forEach(this::value);
            return endList();
        }
        if (value instanceof Number number) {
            return number(number);
        }
        return value == null || value instanceof Boolean ? raw(String.valueOf(value)) : string(String.valueOf(value));
    }

    /** At most three digits after the point. */
    JsonText rounded(double value) {
        return value(Double.isFinite(value) ? Math.round(value * 1000) / 1000.0 : null);
    }

    private JsonText number(Number number) {
        if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
            return number(number.longValue());
        }
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            return raw("null");
        }
        return value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT
                ? number((long) value)
                : raw(Double.toString(value));
    }

    private void comma() {
        int length = text.length();
        if (length > 0 && "{[:,".indexOf(text.charAt(length - 1)) < 0) {
            text.append(',');
        }
    }

    private void character(CharSequence value, int index) {
        char character = value.charAt(index);
        switch (character) {
            case '"', '\\' -> text.append('\\').append(character);
            case '\n' -> text.append("\\n");
            default -> {
                if (isPlain(character) || isInPair(value, index)) {
                    text.append(character);
                } else {
                    text.append("\\u");
                    for (int shift = 12; shift >= 0; shift -= 4) {
                        text.append(HEX.charAt(character >> shift & 0xf));
                    }
                }
            }
        }
    }

    private static boolean isPlain(char character) {
        if (character < 0x7f) {
            return character >= ' ' && character != '<' && character != '>' && character != '&' && character != '\'';
        }
        return character > 0x9f && (character < '\u2028' || character > '\u2029') && !Character.isSurrogate(character);
    }

    /** Half a surrogate pair is no character, and cannot be encoded. */
    private static boolean isInPair(CharSequence value, int index) {
        char character = value.charAt(index);
        return Character.isHighSurrogate(character)
                ? index + 1 < value.length() && Character.isLowSurrogate(value.charAt(index + 1))
                : Character.isLowSurrogate(character)
                        && index > 0
                        && Character.isHighSurrogate(value.charAt(index - 1));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
