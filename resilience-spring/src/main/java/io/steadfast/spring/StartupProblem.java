package io.steadfast.spring;

/**
 * One mistake that keeps the application from starting.
 *
 * @param what what is wrong, one sentence
 * @param where the place: a property's origin, or an annotation and its method
 * @param action how to mend it, one sentence
 */
public record StartupProblem(String what, String where, String action) {

    /**
     * The whole problem as text.
     *
     * @return one line
     */
    public String describe() {
        return what + " (" + where + ") " + action;
    }
}
