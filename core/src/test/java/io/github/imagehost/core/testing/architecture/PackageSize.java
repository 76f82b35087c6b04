package io.github.imagehost.core.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Map;
import java.util.stream.Collectors;

/** Says how large a package may grow before it has to be cut. */
public final class PackageSize {

    /** The most files that a package may have, besides the one that describes it. */
    public static final int MOST_FILES = 22;

    private static final String DESCRIPTION = "package-info";

    private PackageSize() {}

    /** Fails if one of the packages of these classes is larger. */
    public static void check(JavaClasses classes) {
        Map<String, Long> tooLarge = classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals(DESCRIPTION))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        tooLarge.values().removeIf(files -> files <= MOST_FILES);
        assertThat(tooLarge)
                .as(
                        "packages with more than %s files: cut each into packages that have a subject of their own, none"
                                + " of which needs the others in a circle",
                        MOST_FILES)
                .isEmpty();
    }
}
