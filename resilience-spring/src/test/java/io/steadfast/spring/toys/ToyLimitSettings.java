package io.steadfast.spring.toys;

import java.time.Duration;

/** Settings of {@link ToyLimitPolicy}s. */
public class ToyLimitSettings {

    private Duration limit;

    private Duration total;

    private String unit = "clock";

    private String owner = "nobody";

    public Duration getLimit() {
        return limit;
    }

    public void setLimit(Duration limit) {
        this.limit = limit;
    }

    public Duration getTotal() {
        return total;
    }

    public void setTotal(Duration total) {
        this.total = total;
    }

    public String getUnit() {
        return unit;
    }

    public void setUnit(String unit) {
        this.unit = unit;
    }

    public String getOwner() {
        return owner;
    }

    public void setOwner(String owner) {
        this.owner = owner;
    }
}
