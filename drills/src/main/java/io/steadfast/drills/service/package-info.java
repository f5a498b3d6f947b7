/** One instance of the service that is called, as a process. */
@NullMarked
package io.steadfast.drills.service;

import org.jspecify.annotations.NullMarked;
