package io.steadfast.spring;

import java.util.List;

/**
 * A call as operators know it: a name, the methods that go by it and the policies around them.
 *
 * @param name the call's name
 * @param methods the methods, for example {@code Inventory.find(String)}
 * @param pipeline the policies, outermost first; the union where methods of one name have different ones
 */
public record GuardedCall(String name, List<String> methods, List<GuardedPolicy> pipeline) {

    /**
     * Copies both lists.
     *
     * @param name the call's name
     * @param methods the methods
     * @param pipeline the policies, outermost first
     */
    public GuardedCall {
        methods = List.copyOf(methods);
        pipeline = List.copyOf(pipeline);
    }
}
