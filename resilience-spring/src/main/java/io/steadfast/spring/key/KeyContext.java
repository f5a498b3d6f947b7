package io.steadfast.spring.key;

import java.util.List;

import io.steadfast.core.Call;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.BeanResolver;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.IndexAccessor;
import org.springframework.expression.MethodResolver;
import org.springframework.expression.OperatorOverloader;
import org.springframework.expression.PropertyAccessor;
import org.springframework.expression.TypeComparator;
import org.springframework.expression.TypeConverter;
import org.springframework.expression.TypeLocator;
import org.springframework.expression.TypedValue;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

/**
 * One evaluation of a key. What it may do is the same for all, and little: read properties, call methods of what it reaches;
 * no types, no constructors, no beans, nothing written. Only the arguments are its own, and they are not copied into a map.
 */
final class KeyContext implements EvaluationContext {

    private static final EvaluationContext ALLOWED = SimpleEvaluationContext.forReadOnlyDataBinding()
            .withInstanceMethods()
            .withAssignmentDisabled()
            .withCompilationSupported()
            .build();

    private final KeyScope scope;

    private final Call call;

    KeyContext(KeyScope scope, Call call) {
        this.scope = scope;
        this.call = call;
    }

    @Override
    public TypedValue getRootObject() {
        return new TypedValue(scope.root(call));
    }

    @Override
    public @Nullable Object lookupVariable(String name) {
        Integer position = scope.position(name);
        return position == null ? null : scope.arguments(call)[position];
    }

    @Override
    public void setVariable(String name, @Nullable Object value) {
        throw new UnsupportedOperationException("A key changes nothing");
    }

    @Override
    public List<PropertyAccessor> getPropertyAccessors() {
        return ALLOWED.getPropertyAccessors();
    }

    @Override
    public List<IndexAccessor> getIndexAccessors() {
        return ALLOWED.getIndexAccessors();
    }

    @Override
    public List<MethodResolver> getMethodResolvers() {
        return ALLOWED.getMethodResolvers();
    }

    @Override
    public @Nullable BeanResolver getBeanResolver() {
        return ALLOWED.getBeanResolver();
    }

    @Override
    public TypeLocator getTypeLocator() {
        return ALLOWED.getTypeLocator();
    }

    @Override
    public TypeConverter getTypeConverter() {
        return ALLOWED.getTypeConverter();
    }

    @Override
    public TypeComparator getTypeComparator() {
        return ALLOWED.getTypeComparator();
    }

    @Override
    public OperatorOverloader getOperatorOverloader() {
        return ALLOWED.getOperatorOverloader();
    }

    @Override
    public boolean isAssignmentEnabled() {
        return false;
    }

    @Override
    public boolean isCompilationSupported() {
        return true;
    }
}
