package io.steadfast.ratelimiter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Keys as text, so that {@code 7} is the same customer whether a method takes an {@code int}, a {@code long} or a
 * {@code String}, and no object of the application is kept.
 */
final class KeyText {

    /** Keys are kept for as long as they are in use, so what a caller may send must not be of any length. */
    static final int LONGEST = 256;

    private static final ClassValue<Boolean> HAS_TEXT = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            try {
                return type.getMethod("toString").getDeclaringClass() != Object.class;
            } catch (NoSuchMethodException impossible) {
                throw new AssertionError(impossible);
            }
        }
    };

    private KeyText() {}

    /**
     * The key's text, or a digest of it if it is long.
     *
     * @throws IllegalArgumentException if the key has no text but that of {@link Object#toString}, which is another one for
     *     each object, so that every call would have a limit of its own
     */
    static String of(Object key) {
        String text = key instanceof String string ? string : textOf(key);
        return text.length() <= LONGEST ? text : digest(text);
    }

    private static String textOf(Object key) {
        if (key.getClass().isArray()) {
            String wrapped = Arrays.deepToString(new Object[] {key});
            return wrapped.substring(1, wrapped.length() - 1);
        }
        if (!HAS_TEXT.get(key.getClass())) {
            throw new IllegalArgumentException("A key of type " + key.getClass().getName()
                    + " cannot be told from others: the type has no toString()");
        }
        return String.valueOf(key.toString()); // null is a text too
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha-256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
