package io.github.imagehost.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.github.imagehost.core.testing.AccessRepositoryContract;
import io.github.imagehost.core.testing.AdministrableRepositoryContract;
import io.github.imagehost.core.testing.AlbumRepositoryContract;
import io.github.imagehost.core.testing.ImageStoreContract;
import io.github.imagehost.core.testing.InMemoryAccessRepository;
import io.github.imagehost.core.testing.InMemoryImageStore;
import io.github.imagehost.core.testing.InMemoryMetadataRepository;
import io.github.imagehost.core.testing.LinkSignerContract;
import io.github.imagehost.core.testing.MetadataRepositoryContract;
import io.github.imagehost.core.testing.ObjectFilesContract;
import io.github.imagehost.core.testing.PasswordHasherContract;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.QuickPasswordHasher;
import java.io.IOException;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The jar with which others test their own stores and repositories. */
class KitJarTest {

    private static final String CORE = "io.github.imagehost.core";
    private static final String ARCHITECTURE = CORE + ".testing.architecture..";

    private static JavaClasses kit;
    private static JavaClasses main;

    @BeforeAll
    static void readTheJar() throws IOException {
        try (JarFile jar = jar()) {
            kit = new ClassFileImporter().importJar(jar);
        }
        main = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(CORE);
    }

    private static JarFile jar() throws IOException {
        return new JarFile(System.getProperty("imagehost.testkit.jar"));
    }

    @Test
    void holdsTheContractsTheDoublesAndPictures() {
        assertThat(kit)
                .extracting(JavaClass::getFullName)
                .contains(
                        AccessRepositoryContract.class.getName(),
                        AdministrableRepositoryContract.class.getName(),
                        AlbumRepositoryContract.class.getName(),
                        ImageStoreContract.class.getName(),
                        LinkSignerContract.class.getName(),
                        MetadataRepositoryContract.class.getName(),
                        ObjectFilesContract.class.getName(),
                        PasswordHasherContract.class.getName(),
                        QuickPasswordHasher.class.getName(),
                        InMemoryAccessRepository.class.getName(),
                        InMemoryImageStore.class.getName(),
                        InMemoryMetadataRepository.class.getName(),
                        Pictures.class.getName());
    }

    @Test
    void holdsNothingElse() throws IOException {
        try (JarFile jar = jar()) {
            Set<String> foreign = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .filter(name -> !name.matches("io/github/imagehost/core/testing/.*\\.class|META-INF/.*"))
                    .collect(Collectors.toSet());
            assertThat(foreign).isEmpty();
        }
        assertThat(kit).noneMatch(type -> type.getFullName().matches(".*Test(\\$.*)?"));
    }

    @Test
    void needsNothingThatIsNotInIt() {
        ArchRule rule = classes()
                .should()
                .onlyDependOnClassesThat(inTheKit()
                        .or(inTheCore())
                        .or(resideInAnyPackage(
                                "java..",
                                "javax.imageio..",
                                "org.w3c.dom..",
                                "org.junit.jupiter..",
                                "org.assertj..",
                                "com.google.common..",
                                "org.jspecify.."))
                        .or(resideInAPackage("com.tngtech.archunit..")))
                .as("The kit uses nothing but itself, the core, JUnit, AssertJ, Guava and, for the structure, ArchUnit")
                .because("whoever writes another store or repository has nothing else of the core's tests");

        rule.check(kit);
    }

    @Test
    void needsArchUnitForTheStructureOnly() {
        classes()
                .that()
                .resideOutsideOfPackage(ARCHITECTURE)
                .should()
                .onlyDependOnClassesThat(
                        DescribedPredicate.not(resideInAnyPackage("com.tngtech.archunit..", ARCHITECTURE)))
                .because("a store is tested without it")
                .check(kit);
    }

    private static DescribedPredicate<JavaClass> inTheKit() {
        return describe(
                "are in the kit",
                type -> kit.contain(type.getBaseComponentType().getName()));
    }

    private static DescribedPredicate<JavaClass> inTheCore() {
        return describe(
                "are in the core",
                type -> main.contain(type.getBaseComponentType().getName()));
    }
}
