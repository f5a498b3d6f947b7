package io.steadfast.ratelimiter.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * Under which key of Redis a bucket is found: the limit's name, and what tells one key of the limit from another. Keys come from
 * callers: one that is short and plain stands there as it is, for people who look into Redis; any other as its SHA-256, so that
 * whatever a caller sends becomes neither long nor anything but a key of this limit.
 *
 * @param limit the name of the limit
 */
record BucketName(String limit) {

    private static final int LONGEST_PLAIN = 64;

    /** Neither colons, which separate, nor braces, which mean something to a cluster. */
    private static final String PLAIN_MARKS = "-_.@+=,";

    String of(@Nullable String key) {
        if (key == null) {
            return limit;
        }
        return limit + (isPlain(key) ? ":key:" + key : ":sha256:" + digest(key));
    }

    static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isPlain(String key) {
        return key.length() <= LONGEST_PLAIN && key.chars().allMatch(BucketName::isPlain);
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || PLAIN_MARKS.indexOf(c) >= 0;
    }

    private static String digest(String key) {
        try {
            // Char by char: every charset takes all broken surrogates for the same question mark.
            ByteBuffer text = ByteBuffer.allocate(2 * key.length());
            text.asCharBuffer().put(key);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.array()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
