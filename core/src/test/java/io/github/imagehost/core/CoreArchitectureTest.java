package io.github.imagehost.core;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.testing.architecture.PackageSize;
import io.github.imagehost.core.testing.architecture.PackageTable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CoreArchitectureTest {

    private static final String CORE = "io.github.imagehost.core";
    private static final String MODEL = CORE + ".model..";
    private static final String PORT = CORE + ".port..";
    private static final String SETTINGS = CORE + ".settings..";
    private static final String LOCAL = CORE + ".local..";
    private static final String FILES = CORE + ".files..";
    private static final String DIAGNOSIS = CORE + ".diagnosis..";
    private static final String FORMAT = CORE + ".format..";
    private static final String TRANSFORM = CORE + ".transform..";
    private static final String DECODING = CORE + ".decoding..";

    private static final String JDK = "java..";
    private static final String IMAGE_IO = "javax.imageio..";
    private static final String CRYPTO = "javax.crypto..";
    private static final String XML = "javax.xml..";
    private static final String XML_DOCUMENT = "org.w3c.dom..";
    private static final String XML_PARSER = "org.xml.sax..";
    private static final String GUAVA = "com.google.common..";
    private static final String SLF4J = "org.slf4j..";
    private static final String JACKSON = "tools.jackson.core..";
    private static final String JSPECIFY = "org.jspecify..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(CORE);

    /** What each package uses of the others; the table is exact, so that it shows the whole house. */
    private static final String PACKAGES = """
            core: core.decoding core.dedup core.intake core.intake.spool core.model core.model.access core.model.album core.model.query core.model.usage core.port.repository core.port.store core.settings core.transform core.variant
            core.access.credential: core.access.source core.model core.model.access core.port.access core.port.repository.failure
            core.access.link: core.model core.model.access core.port.access
            core.access.login: core.access.credential core.access.source core.model core.model.access core.model.usage core.port.access
            core.access.owner: core.access.credential core.model core.model.access core.model.usage core.port.access core.port.repository.administration core.port.repository.failure core.settings
            core.access.settings: core core.access.credential core.access.owner core.intake core.model core.model.access core.settings
            core.access.source: core core.model.access core.settings
            core.admin: core core.archive core.bulk core.fsck core.migration core.model core.model.access core.model.usage core.port.access core.port.album core.port.repository.administration core.port.repository.failure core.port.store core.source core.work
            core.album: core.model core.model.access core.model.album core.port.access core.port.album
            core.archive: core.files core.model core.model.access core.model.album core.model.usage core.port.access core.port.album core.port.repository core.port.repository.administration core.port.store core.walk core.work
            core.audit: core.access.owner core.model core.model.access core.model.album core.model.audit core.model.usage core.port.audit core.port.repository.failure core.settings
            core.bulk: core core.decoding core.dedup core.files core.fsck core.intake core.intake.refusal core.intake.spool core.model core.port.repository core.port.repository.administration core.port.repository.failure core.port.store core.settings core.source core.work
            core.client:
            core.decoding: core.format core.model
            core.dedup: core.intake core.model core.model.usage core.port.repository core.port.repository.failure core.port.store
            core.diagnosis: core.model core.port.store
            core.fetch: core.access.settings core.intake core.model core.model.access core.port.web core.settings core.work
            core.files:
            core.format: core.model
            core.format.gif: core.format core.model
            core.format.jpeg: core.format core.model
            core.format.png: core.format core.model
            core.format.walk: core.format core.format.gif core.format.jpeg core.format.png core.format.webp
            core.format.webp: core.format core.model
            core.fsck: core.dedup core.model core.model.usage core.port.repository core.port.repository.administration core.port.repository.failure core.port.store core.walk core.work
            core.intake: core.decoding core.format core.format.gif core.format.png core.format.walk core.format.webp core.intake.refusal core.intake.spool core.model core.port.store core.settings
            core.intake.refusal: core.format
            core.intake.spool: core.files core.format core.intake.refusal core.model
            core.local: core.diagnosis core.files core.model core.port.store core.settings
            core.migration: core.model core.model.usage core.port.repository.administration core.port.store core.walk core.work
            core.model:
            core.model.access: core.model core.model.usage
            core.model.album: core.model core.model.access
            core.model.audit: core.model core.model.access
            core.model.query: core.model
            core.model.usage:
            core.port.access: core.model core.model.access core.model.usage core.port.repository.failure
            core.port.album: core.model core.model.album core.port.repository.failure
            core.port.audit: core.model.audit
            core.port.repository: core.model core.model.query
            core.port.repository.administration: core.model core.model.usage core.port.repository
            core.port.repository.failure: core.model core.model.usage
            core.port.store: core.model
            core.port.web:
            core.settings:
            core.source: core.model
            core.transform: core.format core.format.walk core.model
            core.transform.engine: core.transform core.transform.imageio core.transform.vips
            core.transform.imageio: core.decoding core.format core.format.gif core.format.webp core.model core.transform core.transform.scaling
            core.transform.scaling: core.format core.transform
            core.transform.vips: core.format core.format.webp core.model core.transform
            core.variant: core.dedup core.model core.port.repository core.port.store core.transform
            core.view: core core.model core.model.access core.model.album core.model.audit core.model.query core.model.usage
            core.walk: core.model core.port.repository.administration core.port.store
            core.work: core.model
            """;

    @Test
    void eachPackageUsesWhatTheTableSays() {
        PackageTable.of(PACKAGES).check(CLASSES);
    }

    @Test
    void noPackageHasMoreFilesThanOneLooksThrough() {
        PackageSize.check(CLASSES);
    }

    @Test
    void theCoreUsesNothingButTheJdkGuavaSlf4jAndJacksonCore() {
        check(classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        JDK,
                        CRYPTO,
                        IMAGE_IO,
                        XML,
                        XML_DOCUMENT,
                        XML_PARSER,
                        CORE + "..",
                        GUAVA,
                        SLF4J,
                        JACKSON,
                        JSPECIFY)
                .as("The core uses nothing but the JDK, Guava, slf4j and jackson-core")
                .because("other people embed it in applications with frameworks of their own"));
    }

    @Test
    void whatNobodyMayGuessIsRandom() {
        check(noClasses()
                .that()
                .doNotHaveSimpleName("DedupProtocol")
                .and()
                .doNotHaveSimpleName("StoreCheck")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Random.class, SplittableRandom.class, ThreadLocalRandom.class)
                .orShould()
                .callMethod(Math.class, "random")
                .as("What nobody may guess comes from SecureRandom")
                .because("whoever sees a few numbers of the others knows the next ones; only pauses and samples may be"
                        + " guessed"));
    }

    @Test
    void theModelKnowsNothingElse() {
        check(classes()
                .that()
                .resideInAPackage(MODEL)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(JDK, GUAVA, JSPECIFY, MODEL)
                .as("The model knows nothing but itself, the JDK and Guava")
                .because("everything else is built on it"));
    }

    @Test
    void thePortsKnowOnlyTheModel() {
        check(classes()
                .that()
                .resideInAPackage(PORT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(JDK, JSPECIFY, MODEL, PORT)
                .as("The ports know only the model, and no service")
                .because("an adapter should need to know no more than its port"));
    }

    @Test
    void theFormatsKnowOnlyTheModel() {
        check(classes()
                .that()
                .resideInAPackage(FORMAT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(JDK, XML, XML_DOCUMENT, XML_PARSER, JSPECIFY, MODEL, FORMAT)
                .as("The formats of image files know only the model, and no decoder")
                .because("they come before every decoder"));
    }

    @Test
    void theSettingsKnowNothingElseOfTheCore() {
        check(classes()
                .that()
                .resideInAPackage(SETTINGS)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(JDK, JSPECIFY, GUAVA, SETTINGS)
                .as("Reading settings knows nothing else of the core")
                .because("adapters and applications read their own settings with it"));
    }

    @Test
    void theDirectoryStoreKnowsOnlyItsPort() {
        check(classes()
                .that()
                .resideInAPackage(LOCAL)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(JDK, JSPECIFY, GUAVA, MODEL, PORT, LOCAL, SETTINGS, FILES, DIAGNOSIS)
                .as("The directory store knows only its port, the model, its settings, files and diagnosis")
                .because("it is an adapter like any other, and lives here only because it needs no library"));
    }

    @Test
    void theImageEnginesKnowOnlyTheModelAndTheFormats() {
        check(classes()
                .that()
                .resideInAPackage(TRANSFORM)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(JDK, IMAGE_IO, JSPECIFY, GUAVA, SLF4J, MODEL, FORMAT, DECODING, TRANSFORM)
                .as("The image engines know only the model, the formats, ImageIO and threads to decode in")
                .because("what they render comes from anywhere"));
    }

    @Test
    void noPackagesDependOnEachOtherInACircle() {
        check(slices().matching("io.github.imagehost.(**)")
                .should()
                .beFreeOfCycles()
                .as("No packages depend on each other in a circle")
                .because("a package should be understood without those that are built on it"));
    }

    @Test
    void noGuavaTypeIsInAPublicSignature() {
        check(codeUnits()
                .that(are(visibleToEmbedders()))
                .should(haveNoGuavaTypeInTheirSignature())
                .as("No Guava type is in a public signature")
                .because("embedders may use another version of Guava, or none"));
    }

    @Test
    void nothingIsWrittenToTheStandardStreams() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
                .as("Nothing is written to the standard streams")
                .because("they belong to the application that embeds the core"));
    }

    @Test
    void everyExceptionSaysWhatHappened() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS
                .as("Every exception that is thrown is named after what happened")
                .because("callers decide by its type"));
    }

    @Test
    void logsGoThroughSlf4jOnly() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING
                .as("Logs go through slf4j only")
                .because("the application chooses where they go"));
    }

    /** Whoever embeds a host in front of a database of his own writes all of them. */
    @Test
    void aRepositoryHasFewMethods() {
        List<String> names = Stream.of(MetadataRepository.class.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .map(Method::getName)
                .toList();

        assertThat(names).hasSizeLessThanOrEqualTo(15);
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }

    private static DescribedPredicate<JavaCodeUnit> visibleToEmbedders() {
        return DescribedPredicate.describe(
                "visible to embedders",
                codeUnit -> isVisible(codeUnit)
                        && codeUnit.getOwner().getModifiers().contains(JavaModifier.PUBLIC));
    }

    private static boolean isVisible(JavaCodeUnit codeUnit) {
        return codeUnit.getModifiers().contains(JavaModifier.PUBLIC)
                || codeUnit.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static ArchCondition<JavaCodeUnit> haveNoGuavaTypeInTheirSignature() {
        return new ArchCondition<>("have no Guava type in their signature") {
            @Override
            public void check(JavaCodeUnit codeUnit, ConditionEvents events) {
                Stream.concat(Stream.of(codeUnit.getReturnType()), codeUnit.getParameterTypes().stream())
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .filter(type -> type.getPackageName().startsWith("com.google."))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                codeUnit, codeUnit.getDescription() + " names " + type.getName())));
            }
        };
    }
}
