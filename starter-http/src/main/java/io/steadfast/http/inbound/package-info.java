/** What a service does with the time and the attempts that its callers speak of, whatever server it runs on. */
@NullMarked
package io.steadfast.http.inbound;

import org.jspecify.annotations.NullMarked;
