/** The other instances of this service, asked for what they see. */
@NullMarked
package io.steadfast.dashboard.peers;

import org.jspecify.annotations.NullMarked;
