package io.steadfast.samples.storefront;

/** What the catalogue knows of a product. */
record Product(String id, String name) {}
