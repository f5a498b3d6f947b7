package io.steadfast.spring;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.springframework.util.unit.DataSize;

/** One property of each sort. */
public class ToySettings {

    public enum Growth {
        EXPONENTIAL,
        FIXED,
        DE_CORRELATED
    }

    /** Makes itself from text, as settings such as "full, none or 0-1" do. */
    public record Share(double value) {
        public static Share of(String text) {
            try {
                return new Share(text.equals("full") ? 1 : Double.parseDouble(text));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("write full, or a number");
            }
        }

        @Override
        public String toString() {
            return value == 1 ? "full" : Double.toString(value);
        }
    }

    public static class Budget {

        private boolean enabled = true;

        private double ratio = 0.2;

        public boolean isEnabled() {
            return enabled;
        }

        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }

        public double getRatio() {
            return ratio;
        }

        public void setRatio(double ratio) {
            this.ratio = ratio;
        }
    }

    private int maxAttempts = 3;

    private Duration waitDuration = Duration.ofMillis(100);

    private Growth backoff = Growth.EXPONENTIAL;

    private Share jitter = new Share(1);

    private Duration maxDuration;

    private DataSize bufferSize = DataSize.ofKilobytes(8);

    private List<Class<? extends Throwable>> retryExceptions = List.of();

    private List<String> urls = List.of("http://one");

    private Class<? extends Runnable> hook;

    private String resultPredicate;

    private Map<String, Integer> weights = Map.of();

    private List<Integer> ports = List.of();

    private String picky = "";

    private final Budget budget = new Budget();

    public int getMaxAttempts() {
        return maxAttempts;
    }

    public void setMaxAttempts(int maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    public Duration getWaitDuration() {
        return waitDuration;
    }

    public void setWaitDuration(Duration waitDuration) {
        this.waitDuration = waitDuration;
    }

    public Growth getBackoff() {
        return backoff;
    }

    public void setBackoff(Growth backoff) {
        this.backoff = backoff;
    }

    public Share getJitter() {
        return jitter;
    }

    public void setJitter(Share jitter) {
        this.jitter = jitter;
    }

    public Duration getMaxDuration() {
        return maxDuration;
    }

    public void setMaxDuration(Duration maxDuration) {
        this.maxDuration = maxDuration;
    }

    public DataSize getBufferSize() {
        return bufferSize;
    }

    public void setBufferSize(DataSize bufferSize) {
        this.bufferSize = bufferSize;
    }

    public List<Class<? extends Throwable>> getRetryExceptions() {
        return retryExceptions;
    }

    public void setRetryExceptions(List<Class<? extends Throwable>> retryExceptions) {
        this.retryExceptions = retryExceptions;
    }

    public List<String> getUrls() {
        return urls;
    }

    public void setUrls(List<String> urls) {
        this.urls = urls;
    }

    public Class<? extends Runnable> getHook() {
        return hook;
    }

    public void setHook(Class<? extends Runnable> hook) {
        this.hook = hook;
    }

    public String getResultPredicate() {
        return resultPredicate;
    }

    public void setResultPredicate(String resultPredicate) {
        this.resultPredicate = resultPredicate;
    }

    public Map<String, Integer> getWeights() {
        return weights;
    }

    public void setWeights(Map<String, Integer> weights) {
        this.weights = weights;
    }

    public List<Integer> getPorts() {
        return ports;
    }

    public void setPorts(List<Integer> ports) {
        this.ports = ports;
    }

    public String getPicky() {
        return picky;
    }

    public void setPicky(String picky) {
        if (picky.equals("13")) {
            throw new IllegalArgumentException("not that number");
        }
        this.picky = picky;
    }

    public Budget getBudget() {
        return budget;
    }
}
