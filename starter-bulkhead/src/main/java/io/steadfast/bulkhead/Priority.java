package io.steadfast.bulkhead;

/**
 * How much a call matters when there is not room for all, highest first. A {@link BulkheadPolicy} reads it as a trait of the
 * call; a call without one is {@link #NORMAL}.
 *
 * <p>The classes follow "criticality" in Google's "Site Reliability Engineering" (2016, chapter 21), with one class fewer.
 */
public enum Priority {

    /** Somebody is harmed if it fails: the last to be refused. */
    CRITICAL,

    /** Like most calls. */
    NORMAL,

    /** Can be left out or made up for later, such as prefetching: the first to be refused. */
    SHEDDABLE
}
