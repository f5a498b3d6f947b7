package io.steadfast.spring.actuate;

import java.util.List;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.MimeType;

/**
 * Why a request was refused, as {@code application/problem+json} (RFC 9457) wants it.
 *
 * @param title the status in words
 * @param status the HTTP status
 * @param detail the reasons as one text
 * @param reasons the reasons one by one
 */
public record ChangeProblem(String title, int status, String detail, List<String> reasons) {

    private static final MimeType TYPE = MimeType.valueOf("application/problem+json");

    /**
     * A request that makes no sense, or whose change is refused.
     *
     * @param reasons why
     * @return a problem with status 400
     */
    public static ChangeProblem badRequest(List<String> reasons) {
        return new ChangeProblem("Bad Request", 400, String.join("\n", reasons), reasons);
    }

    /**
     * A request about what there is not.
     *
     * @param reason what there is not
     * @return a problem with status 404
     */
    public static ChangeProblem notFound(String reason) {
        return new ChangeProblem("Not Found", 404, reason, List.of(reason));
    }

    /**
     * As an endpoint answers.
     *
     * @return the problem with its status and its media type
     */
    public WebEndpointResponse<Object> answer() {
        return new WebEndpointResponse<>(this, status, TYPE);
    }
}
