package io.steadfast.failover;

import java.util.List;

import io.steadfast.core.Instance;

/** A list that never changes, so that there is no use in asking again. */
record FixedSource(List<Instance> instances) implements InstanceSource {}
