package io.steadfast.spring.actuate;

/**
 * The answer to a request that changes something.
 *
 * @param status the HTTP status: 200, 400 or 404
 * @param body what to answer: {@link Changed} with 200, else a {@link ChangeProblem}, which is {@code application/problem+json}
 */
public record WriteAnswer(int status, Object body) {

    static WriteAnswer of(ChangeProblem problem) {
        return new WriteAnswer(problem.status(), problem);
    }

    /**
     * What was changed.
     *
     * @param change the id of the change
     * @param call the call afterwards
     */
    public record Changed(String change, CallDescriptor call) {}

    /**
     * Whether nothing was changed.
     *
     * @return whether the body is a problem
     */
    public boolean isProblem() {
        return body instanceof ChangeProblem;
    }
}
