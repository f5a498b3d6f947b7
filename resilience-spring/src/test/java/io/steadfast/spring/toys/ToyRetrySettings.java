package io.steadfast.spring.toys;

/** Settings of a {@link ToyRetryPolicy}. */
public class ToyRetrySettings {

    private int maxAttempts = 3;

    private String resultPredicate;

    public int getMaxAttempts() {
        return maxAttempts;
    }

    public void setMaxAttempts(int maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    public String getResultPredicate() {
        return resultPredicate;
    }

    public void setResultPredicate(String resultPredicate) {
        this.resultPredicate = resultPredicate;
    }
}
