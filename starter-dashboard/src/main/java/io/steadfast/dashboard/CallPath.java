package io.steadfast.dashboard;

import java.util.Arrays;
import java.util.Locale;

import io.steadfast.spring.actuate.RequestFields;

/**
 * Tells whether the path of a request names a call to the letter. Servers and frameworks shorten paths ({@code x/../stock}), and leave out
 * parameters ({@code stock;a=b}) and empty parts, so that what is asked about one call would be done to another.
 */
public final class CallPath {

    private CallPath() {}

    /**
     * Whether nothing of it is left out or resolved.
     *
     * @param sent the path as it was sent, not decoded
     * @return whether what is found under it is what was asked for
     */
    public static boolean isExact(String sent) {
        return RequestFields.isExact(sent)
                && Arrays.stream(sent.toLowerCase(Locale.ROOT)
                                .replace("%2e", ".")
                                .replace("%5c", "\\")
                                .split("[/\\\\]"))
                        .noneMatch(part -> part.equals(".") || part.equals(".."));
    }
}
