package io.steadfast.samples.storefront.show;

/** A column of the table. */
enum Figure {
    ATTEMPTS("try", 4),
    FAILED_ATTEMPTS("bad", 4),
    SAVED_BY_RETRY("sav", 4),
    CUT_OFF("cut", 4),
    REFUSED("ref", 4),
    FALLBACKS("fb", 4),
    BREAKER("breaker", 8);

    private final String title;

    private final int width;

    Figure(String title, int width) {
        this.title = title;
        this.width = width;
    }

    String title() {
        return title;
    }

    int width() {
        return width;
    }
}
