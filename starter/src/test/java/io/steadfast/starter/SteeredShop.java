package io.steadfast.starter;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import io.steadfast.bulkhead.Bulkhead;
import io.steadfast.circuitbreaker.CircuitBreaker;
import io.steadfast.failover.Failover;
import io.steadfast.fallback.Fallback;
import io.steadfast.hedge.Hedge;
import io.steadfast.ratelimiter.RateLimiter;
import io.steadfast.retry.Retry;
import io.steadfast.spring.Resilient;
import io.steadfast.timeout.Timeout;

/** A shop that operators steer: one call with everything, others with less. */
class SteeredShop {

    /** Settings without which its policies would have nothing to do. */
    static final String[] SETTINGS = {
        "resilience.retry.defaults.wait-duration=0",
        "resilience.rate-limiter.instances.stock.limit-for-period=1000",
        "resilience.rate-limiter.instances.stock.limit-refresh-period=1h",
        "resilience.bulkhead.instances.stock.adaptive.enabled=true",
        "resilience.failover.instances.spare.urls=http://10.0.0.1:8080,http://10.0.0.2:8080",
        "resilience.failover.instances.stock.urls=http://10.0.0.1:8080,http://10.0.0.2:8080"
    };

    static final String LONG =
            "thisIsAVeryLongNameOfACall.thatNobodyWouldGive.butSomebodyMight.becauseTheyGenerateTheirNames"
                    + "/thisIsAVeryLongNameOfACall.thatNobodyWouldGive.butSomebodyMight.becauseTheyGenerateTheirNames"
                    + "/thisIsAVeryLongNameOfACall.thatNobodyWouldGive.butSomebodyMight.becauseTheyGenerateTheirNames";

    private final AtomicInteger entries = new AtomicInteger();

    private volatile boolean down;

    @Fallback(value = "stock", method = "none")
    @Timeout(value = "stock", limit = "1s", total = "10s")
    @Retry("stock")
    @Hedge("stock")
    @Failover("stock")
    @CircuitBreaker("stock")
    @RateLimiter("stock")
    @Bulkhead("stock")
    public String stock() throws IOException {
        return answer();
    }

    String none(Throwable failure) {
        return "none";
    }

    @CircuitBreaker("card")
    public String card() throws IOException {
        return answer();
    }

    @CircuitBreaker("card")
    @Retry(value = "bill", maxAttempts = 2)
    public String bill() throws IOException {
        return answer();
    }

    @Retry("a.b[0]/c d\"<script>")
    public String hostile() throws IOException {
        return answer();
    }

    @Retry("]]")
    public String unwritable() throws IOException {
        return answer();
    }

    @Retry("Twin")
    public String twin() throws IOException {
        return answer();
    }

    @Retry("t-win")
    public String otherTwin() throws IOException {
        return answer();
    }

    @Retry("a/b")
    public String odd0() throws IOException {
        return answer();
    }

    @Retry("a//b")
    public String odd1() throws IOException {
        return answer();
    }

    @Retry("b")
    public String odd2() throws IOException {
        return answer();
    }

    @Retry("..")
    public String odd3() throws IOException {
        return answer();
    }

    @Retry("a/../b")
    public String odd4() throws IOException {
        return answer();
    }

    @Retry("x")
    public String odd5() throws IOException {
        return answer();
    }

    @Retry("x;y=1")
    public String odd6() throws IOException {
        return answer();
    }

    @Retry("a%2Fb")
    public String odd7() throws IOException {
        return answer();
    }

    @Retry("100%")
    public String odd8() throws IOException {
        return answer();
    }

    @Retry("über 東京 '\"")
    public String odd9() throws IOException {
        return answer();
    }

    @Retry(LONG)
    public String endless() throws IOException {
        return answer();
    }

    @Resilient("parcel")
    public String parcel() throws IOException {
        return answer();
    }

    @Failover("spare")
    public String spare() throws IOException {
        return answer();
    }

    void down(boolean isDown) {
        down = isDown;
    }

    /** How often a call reaches its target. */
    int entriesOf(RefreshedShop.Body call) {
        entries.set(0);
        try {
            call.run();
        } catch (IOException | RuntimeException expected) {
            // counted below
        }
        return entries.get();
    }

    private String answer() throws IOException {
        entries.incrementAndGet();
        if (down) {
            throw new IOException("down");
        }
        return "three";
    }
}
