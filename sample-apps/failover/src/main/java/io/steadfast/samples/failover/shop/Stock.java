package io.steadfast.samples.failover.shop;

/**
 * What is left of a product.
 *
 * @param id the product
 * @param left how many
 * @param saidBy the instance that knew
 */
public record Stock(String id, int left, String saidBy) {}
