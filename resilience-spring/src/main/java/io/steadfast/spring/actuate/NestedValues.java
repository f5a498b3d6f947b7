package io.steadfast.spring.actuate;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.json.JsonWriter;

/**
 * Makes a request readable for the actuator, which takes nothing but texts from the body of a request: an object under {@code values}
 * becomes the text of that object. Whatever else a body contains is left as it is.
 */
public final class NestedValues {

    /** No request is longer that makes sense; what is longer is left as it is. */
    public static final int LONGEST = 64 * 1024;

    private static final String VALUES = "values";

    private static final JsonWriter<Object> WRITER = JsonWriter.of(members -> members.add());

    private NestedValues() {}

    /**
     * The body as the actuator can read it.
     *
     * @param body a body in JSON, as UTF-8
     * @return the same with a text under {@code values}; the body itself if there is no object, or if it is no JSON
     */
    public static byte[] asText(byte[] body) {
        try {
            @Nullable
            Map<String, Object> fields = // null for the JSON null
                    JsonParserFactory.getJsonParser().parseMap(new String(body, StandardCharsets.UTF_8));
            if (fields == null || !(fields.get(VALUES) instanceof Map<?, ?> values)) {
                return body;
            }
            Map<String, @Nullable Object> flat = new LinkedHashMap<>(fields);
            flat.put(VALUES, WRITER.writeToString(values));
            return WRITER.writeToString(flat).getBytes(StandardCharsets.UTF_8);
        } catch (JsonParseException noObject) {
            return body;
        }
    }
}
