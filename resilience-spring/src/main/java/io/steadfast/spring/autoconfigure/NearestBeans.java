package io.steadfast.spring.autoconfigure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.HierarchicalBeanFactory;

/**
 * Chooses among the beans that a context sees, its own and its ancestors': a nearer one hides the farther ones of its kind.
 * Spring itself hides by name only, but the parent's may be the application's own, under any name.
 */
final class NearestBeans {

    private final HierarchicalBeanFactory beans;

    NearestBeans(HierarchicalBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Leaves out what is hidden. Two of one kind in the same context both stay: that is for others to judge.
     *
     * @param type what was asked for
     * @param visible all beans of that type that the context sees
     * @param kind what makes one bean hide another
     * @return those that are not hidden, in the order given
     */
    <T> List<T> of(Class<? super T> type, List<T> visible, Function<? super T, ?> kind) {
        List<Set<Object>> seenByAncestors = seenByAncestors(type);
        if (seenByAncestors.isEmpty()) {
            return visible;
        }
        Map<Object, Integer> nearest = new HashMap<>();
        for (T bean : visible) {
            nearest.merge(kind.apply(bean), distance(bean, seenByAncestors), Math::min);
        }
        return visible.stream()
                .filter(bean -> Integer.valueOf(distance(bean, seenByAncestors)).equals(nearest.get(kind.apply(bean))))
                .toList();
    }

    /** An ancestor sees its own beans and those further up. */
    private List<Set<Object>> seenByAncestors(Class<?> type) {
        List<Set<Object>> seen = new ArrayList<>();
        BeanFactory ancestor = beans.getParentBeanFactory();
        while (ancestor != null) {
            Set<Object> level = Collections.newSetFromMap(new IdentityHashMap<>());
            ancestor.getBeanProvider(type).stream().forEach(level::add);
            seen.add(level);
            ancestor = parentOf(ancestor);
        }
        return seen;
    }

    private static @Nullable BeanFactory parentOf(BeanFactory factory) {
        return factory instanceof HierarchicalBeanFactory child ? child.getParentBeanFactory() : null;
    }

    private static int distance(Object bean, List<Set<Object>> seenByAncestors) {
        return (int)
                seenByAncestors.stream().filter(level -> level.contains(bean)).count();
    }
}
