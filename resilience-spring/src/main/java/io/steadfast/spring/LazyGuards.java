package io.steadfast.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The guards, put together with the first bean that is annotated. Annotated beans that this itself needs come by while that
 * goes on; they are let through, and refused when the application is about to start.
 */
final class LazyGuards {

    private final ListableBeanFactory beans;

    private volatile @Nullable GuardAnnotationTypes types;

    private volatile @Nullable BeanGuards ready;

    private volatile @Nullable Thread assembling;

    LazyGuards(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /** The guards, if a class may need them and they can be had. */
    @Nullable
    BeanGuards forClass(Class<?> beanClass) {
        GuardAnnotationTypes known = types();
        return known != null && known.mayGuard(beanClass) ? assemble() : null;
    }

    /** What guards, found out now if it has not been; {@code null} for the beans that are asked for it. */
    private @Nullable GuardAnnotationTypes types() {
        GuardAnnotationTypes known = types;
        if (known != null || assembling == Thread.currentThread()) {
            return known;
        }
        assembling = Thread.currentThread();
        try {
            GuardAnnotationTypes made = new GuardAnnotationTypes(beans);
            types = made;
            return made;
        } finally {
            assembling = null;
        }
    }

    /** The guards, made now if they have not been; {@code null} for what they themselves are made of. */
    @Nullable
    BeanGuards assemble() {
        BeanGuards known = ready;
        if (known != null || assembling == Thread.currentThread()) {
            return known;
        }
        assembling = Thread.currentThread();
        try {
            BeanGuards made = beans.getBean(GuardEngine.class).guards();
            ready = made;
            return made;
        } finally {
            assembling = null;
        }
    }
}
