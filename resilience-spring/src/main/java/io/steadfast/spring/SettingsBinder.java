package io.steadfast.spring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.StringUtils;

/** Fills settings JavaBeans with Boot's own conversions. A value that does not fit is reported and left out. */
final class SettingsBinder {

    private static final String PREFIX = "settings";

    private final PropertyResolver placeholders;

    private final StartupReport report;

    private final ClassResolver classes;

    SettingsBinder(PropertyResolver placeholders, StartupReport report) {
        this.placeholders = placeholders;
        this.report = report;
        this.classes = new ClassResolver(report);
    }

    /**
     * A filled JavaBean.
     *
     * @param bean the JavaBean
     * @param values each key's value and origin
     */
    record Bound<S>(S bean, Map<String, EffectiveValue> values) {}

    <S> Bound<S> bind(Class<S> type, SettingsKeys keys, Map<String, LayeredValue> merged) {
        Map<LayeredValue, Map<String, Object>> ready = ready(keys, merged);
        S bean = fill(type, ready);
        return new Bound<>(bean, values(bean, keys, ready));
    }

    /** The JavaBean alone. */
    <S> S fill(Class<S> type, SettingsKeys keys, Map<String, LayeredValue> merged) {
        return fill(type, ready(keys, merged));
    }

    private Map<LayeredValue, Map<String, Object>> ready(SettingsKeys keys, Map<String, LayeredValue> merged) {
        Map<LayeredValue, Map<String, Object>> ready = new LinkedHashMap<>();
        for (SettingsKey key : keys.all()) {
            LayeredValue layered = merged.get(key.name());
            Map<String, Object> values = layered == null ? null : prepare(layered);
            if (layered != null && values != null) {
                ready.put(layered, values);
            }
        }
        return ready;
    }

    private <S> S fill(Class<S> type, Map<LayeredValue, Map<String, Object>> ready) {
        try {
            return fillStrictly(type, ready.values());
        } catch (BindException one) {
            // Boot stops at the first misfit; each value by itself shows all of them.
            ready.entrySet().removeIf(entry -> doesNotFit(type, entry.getKey(), entry.getValue()));
            return fillStrictly(type, ready.values());
        }
    }

    private <S> S fillStrictly(Class<S> type, Collection<Map<String, Object>> values) {
        S bean = BeanUtils.instantiateClass(type);
        if (!values.isEmpty()) { // Boot would look for each of its properties
            MapConfigurationPropertySource source = new MapConfigurationPropertySource();
            values.forEach(source::putAll);
            new Binder(source).bind(PREFIX, Bindable.ofInstance(bean));
        }
        return bean;
    }

    private boolean doesNotFit(Class<?> type, LayeredValue layered, Map<String, Object> values) {
        try {
            fillStrictly(type, List.of(values));
            return false;
        } catch (BindException misfit) {
            Expectation expected = Expectation.of(layered.key(), misfit);
            refuse(layered, layered.describe() + " is not " + expected.noun(), expected.action());
            return true;
        }
    }

    /** Boot's property names and their values; nothing if the value is of no use. */
    private @Nullable Map<String, Object> prepare(LayeredValue layered) {
        try {
            return switch (layered.key().shape()) {
                case SINGLE -> prepareSingle(layered);
                case LIST -> prepareList(layered);
                case TREE -> prepareTree(layered);
            };
        } catch (IllegalArgumentException unresolvable) {
            refuse(
                    layered,
                    layered.describe() + " has a placeholder that nothing resolves",
                    "Define the property it names, or give the placeholder a default: ${name:default}.");
            return null;
        }
    }

    private @Nullable Map<String, Object> prepareSingle(LayeredValue layered) {
        Object value = resolve(layered.single(), layered.key());
        if (!layered.key().isText() && value.toString().isEmpty()) {
            refuse(layered, layered.name() + " has no value", "Give it a value, or remove it to use the default.");
            return null;
        }
        if (layered.key().isClass()) {
            value = classes.resolve(value, layered).orElse(null);
        }
        return value == null ? null : Map.of(name(layered), value);
    }

    private Map<String, Object> prepareList(LayeredValue layered) {
        SettingsKey key = layered.key();
        List<Object> elements = new ArrayList<>();
        for (Object raw : layered.elements()) {
            Object value = resolve(raw, key);
            if (value instanceof String text) {
                elements.addAll(List.of(StringUtils.tokenizeToStringArray(text, ",")));
            } else {
                elements.add(value);
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Object element : elements) {
            Object value = key.isClass() ? classes.resolve(element, layered).orElse(null) : element;
            if (value != null) {
                values.put(name(layered) + "[" + values.size() + "]", value);
            }
        }
        // Boot's notation for a list without elements.
        return values.isEmpty() ? Map.of(name(layered), "") : values;
    }

    private Map<String, Object> prepareTree(LayeredValue layered) {
        Map<String, Object> values = new LinkedHashMap<>();
        layered.parts().forEach((rest, value) -> {
            StringBuilder name = new StringBuilder(name(layered));
            rest.forEach(element -> name.append('[').append(element).append(']'));
            values.put(name.toString(), resolve(value, layered.key()));
        });
        return values;
    }

    private Object resolve(Object value, SettingsKey key) {
        if (value instanceof Class<?> type && key.isText()) {
            return type.getName();
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString(); // as text: a conversion from number to number would cut 2.5 down to 2
        }
        if (!(value instanceof CharSequence text)) {
            return value;
        }
        String resolved = placeholders.resolveRequiredPlaceholders(text.toString());
        return key.isText() ? resolved : resolved.trim();
    }

    private void refuse(LayeredValue layered, String what, String action) {
        report.add(new StartupProblem(what, layered.origin(), action));
    }

    private static String name(LayeredValue layered) {
        return PREFIX + "." + layered.key().name();
    }

    private static Map<String, EffectiveValue> values(
            Object bean, SettingsKeys keys, Map<LayeredValue, Map<String, Object>> ready) {
        Map<String, String> origins = new LinkedHashMap<>();
        ready.keySet().forEach(layered -> origins.put(layered.key().name(), layered.origin()));
        Map<String, EffectiveValue> values = new LinkedHashMap<>();
        for (SettingsKey key : keys.all()) {
            String origin = origins.getOrDefault(key.name(), EffectiveValue.BUILT_IN);
            values.put(key.name(), new EffectiveValue(ReadableValue.of(key.read(bean)), origin));
        }
        return values;
    }
}
