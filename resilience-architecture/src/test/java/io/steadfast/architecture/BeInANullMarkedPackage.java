package io.steadfast.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Looks at the {@code package-info} of a class's package. */
final class BeInANullMarkedPackage extends ArchCondition<JavaClass> {

    static final BeInANullMarkedPackage INSTANCE = new BeInANullMarkedPackage();

    private BeInANullMarkedPackage() {
        super("be in a package marked @NullMarked");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage()
                .tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
        events.add(new SimpleConditionEvent(
                type, marked, type.getName() + " is in " + type.getPackageName() + ", which is not @NullMarked"));
    }
}
