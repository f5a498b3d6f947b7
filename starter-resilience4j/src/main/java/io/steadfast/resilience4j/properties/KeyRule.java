package io.steadfast.resilience4j.properties;

import io.steadfast.resilience4j.Difference;
import org.jspecify.annotations.Nullable;

/**
 * What a key means here.
 *
 * @param key the key below an instance or a config, in kebab case
 * @param ours our keys that it becomes; empty if it becomes none
 * @param difference what is different, or worth to know; {@code null} if nothing is
 * @param told whether the difference is told at start-up where the key is used
 */
record KeyRule(String key, String ours, @Nullable Difference difference, boolean told) {

    /** The same key, with the same meaning. */
    static KeyRule same(String key) {
        return new KeyRule(key, key, null, false);
    }

    /** Other keys, or another way to say the same. */
    static KeyRule as(String key, String ours) {
        return new KeyRule(key, ours, null, false);
    }

    /** Resolved before our keys are made: what the others inherit. */
    static KeyRule resolved(String key, String what) {
        return new KeyRule(key, "", Difference.of(what), false);
    }

    /** Means nothing here. */
    static KeyRule unread(String key, String what) {
        return new KeyRule(key, "", Difference.of(what), true);
    }

    static KeyRule unread(String key, String what, String instead) {
        return new KeyRule(key, "", new Difference(what, instead), true);
    }

    /** For the guide only. */
    KeyRule noting(String what) {
        return new KeyRule(key, ours, Difference.of(what), false);
    }

    /** For the guide and, where the key is used, for start-up. */
    KeyRule telling(String what) {
        return new KeyRule(key, ours, Difference.of(what), true);
    }

    KeyRule telling(String what, String restore) {
        return new KeyRule(key, ours, new Difference(what, restore), true);
    }

    /** The one value that means the same here although the key is not read; empty if there is none. */
    String here() {
        return switch (key) {
            case "cancel-running-future", "enable-exponential-backoff" -> Boolean.toString(key.startsWith("cancel"));
            case "fail-after-max-attempts", "allow-health-indicator-to-fail" -> "false";
            default -> "";
        };
    }

    /** The row of the guide's table. */
    String row() {
        StringBuilder mine = new StringBuilder();
        for (String one : ours.isEmpty() ? new String[0] : ours.split(", ")) {
            mine.append(mine.isEmpty() ? "" : ", ").append('`').append(one).append('`');
        }
        return "| `" + key + "` | " + (mine.isEmpty() ? "–" : mine) + " | " + (difference == null ? "" : difference)
                + " |";
    }
}
