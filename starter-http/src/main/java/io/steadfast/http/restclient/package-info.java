/** {@code RestClient} and {@code RestTemplate}: one interceptor guards both. */
@NullMarked
package io.steadfast.http.restclient;

import org.jspecify.annotations.NullMarked;
