package io.steadfast.dashboard;

import tools.jackson.databind.json.JsonMapper;

/**
 * What the dashboard's API answers, on whichever web stack.
 *
 * @param status the HTTP status
 * @param type the media type
 * @param body the text
 */
public record Answer(int status, String type, String body) {

    private static final String JSON = "application/json";

    private static final String PROBLEM = "application/problem+json";

    static Answer json(String body) {
        return new Answer(200, JSON, body);
    }

    static Answer written(JsonMapper json, int status, boolean problem, Object body) {
        return new Answer(status, problem ? PROBLEM : JSON, json.writeValueAsString(body));
    }

    /**
     * A refusal, as RFC 9457 wants it.
     *
     * @param status the HTTP status
     * @param title the status in words
     * @param detail why, for a person to read
     * @return the refusal
     */
    public static Answer problem(int status, String title, String detail) {
        JsonMapper json = JsonMapper.shared();
        return new Answer(
                status,
                PROBLEM,
                json.createObjectNode()
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                        .toString());
    }
}
