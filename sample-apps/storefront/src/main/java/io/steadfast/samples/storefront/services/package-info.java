/** Where the services behind the shop are: real ones, or pretended ones inside this application that fail by a script. */
@NullMarked
package io.steadfast.samples.storefront.services;

import org.jspecify.annotations.NullMarked;
