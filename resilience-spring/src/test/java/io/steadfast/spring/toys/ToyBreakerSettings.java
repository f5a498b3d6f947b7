package io.steadfast.spring.toys;

/** Settings of a {@link ToyBreakerPolicy}. */
public class ToyBreakerSettings {

    private int slidingWindowSize = 100;

    public int getSlidingWindowSize() {
        return slidingWindowSize;
    }

    public void setSlidingWindowSize(int slidingWindowSize) {
        this.slidingWindowSize = slidingWindowSize;
    }
}
