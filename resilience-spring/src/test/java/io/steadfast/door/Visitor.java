package io.steadfast.door;

/** Who comes with a call. */
enum Visitor {
    GUEST,
    RESIDENT
}
