package io.github.imagehost.core.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Says of each package which other packages of the program it uses. A package that no line is about breaks the table,
 * and so does a line that is about no package: no rule goes blind when a package comes or goes.
 */
public final class PackageTable {

    private static final String PROGRAM = "io.github.imagehost.";

    private final Map<String, Set<String>> lines;

    private PackageTable(Map<String, Set<String>> lines) {
        this.lines = lines;
    }

    /**
     * Reads a table.
     *
     * @param text lines as in {@code core.admin: core core.model}: a package, and all those that it uses
     */
    public static PackageTable of(String text) {
        return new PackageTable(text.lines()
                .map(line -> line.split(":", -1))
                .collect(Collectors.toMap(
                        line -> line[0].strip(), line -> namesIn(line[1]), (one, other) -> one, TreeMap::new)));
    }

    private static Set<String> namesIn(String text) {
        return Arrays.stream(text.strip().split(" +"))
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Fails unless these classes use each other's packages exactly as the table says. */
    public void check(JavaClasses classes) {
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass type : classes) {
            Set<String> ofPackage = used.computeIfAbsent(nameOf(type), name -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .map(JavaClass::getBaseComponentType)
                    .filter(target -> target.getPackageName().startsWith(PROGRAM))
                    .map(PackageTable::nameOf)
                    .filter(name -> !name.equals(nameOf(type)))
                    .forEach(ofPackage::add);
        }
        assertThat(textOf(used)).isEqualTo(textOf(lines));
    }

    private static String nameOf(JavaClass type) {
        return type.getPackageName().substring(PROGRAM.length());
    }

    private static String textOf(Map<String, Set<String>> table) {
        return table.entrySet().stream()
                .map(line -> (line.getKey() + ": " + String.join(" ", line.getValue())).strip())
                .collect(Collectors.joining("\n"));
    }
}
