package io.steadfast.samples.storefront.services;

import java.net.URI;

/**
 * Where the services behind the shop are.
 *
 * @param catalogue answers {@code /products/{id}}
 * @param stock answers {@code /stock/{id}}
 * @param price answers {@code /prices/{id}}
 * @param recommendations answers {@code /recommendations/{id}}
 */
public record ServiceUrls(URI catalogue, URI stock, URI price, URI recommendations) {}
