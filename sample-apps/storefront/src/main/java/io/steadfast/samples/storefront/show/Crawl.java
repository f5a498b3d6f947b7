package io.steadfast.samples.storefront.show;

/**
 * What the crawler got, since the start or between two moments.
 *
 * @param got pages
 * @param refused pages that the limit of each customer did not allow
 */
record Crawl(long got, long refused) {

    static final Crawl NONE = new Crawl(0, 0);

    Crawl since(Crawl earlier) {
        return new Crawl(got - earlier.got, refused - earlier.refused);
    }
}
