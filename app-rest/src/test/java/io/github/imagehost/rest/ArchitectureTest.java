package io.github.imagehost.rest;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RestController;

/** The borders between the modules, as this one sees them all but the command line. */
class ArchitectureTest {

    private static final String ROOT = "io.github.imagehost.";
    private static final String CORE = ROOT + "core..";
    private static final String S3 = ROOT + "s3..";
    private static final String MYSQL = ROOT + "mysql..";
    private static final String REST = ROOT + "rest..";
    private static final String CONFIG = ROOT + "rest.config..";
    private static final String SETTINGS = ROOT + "rest.settings..";

    private static final SliceAssignment EACH_PACKAGE = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "each package";
        }
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.github.imagehost");

    @Test
    void noRuleGuardsAnEmptyPackage() {
        for (String name : List.of(CORE, S3, MYSQL, REST, CONFIG, SETTINGS)) {
            assertThat(CLASSES.that(are(resideInAPackage(name)))).as(name).isNotEmpty();
        }
    }

    @Test
    void theCoreKnowsNobody() {
        check(noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        S3, MYSQL, REST, "org.springframework..", "software.amazon..", "org.apache.ibatis..")
                .because("it is embedded by applications that have other frameworks, stores and databases"));
    }

    @Test
    void adaptersKnowThePortsAndTheModelButNeitherEachOtherNorTheUseCasesNorAnApplication() {
        String[] useCases = {ROOT + "core.dedup..", ROOT + "core.intake..", ROOT + "core.local..", ROOT + "core"};
        check(noClasses()
                .that()
                .resideInAPackage(S3)
                .should()
                .dependOnClassesThat(resideInAnyPackage(MYSQL, REST).or(resideInAnyPackage(useCases)))
                .because("a store can be exchanged without anybody else noticing"));
        check(noClasses()
                .that()
                .resideInAPackage(MYSQL)
                .should()
                .dependOnClassesThat(resideInAnyPackage(S3, REST).or(resideInAnyPackage(useCases)))
                .because("a repository can be exchanged without anybody else noticing"));
    }

    @Test
    void onlyTheS3AdapterKnowsTheAwsSdk() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(S3)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .because("what the SDK throws and returns is translated once, at the edge"));
    }

    @Test
    void onlyTheDatabaseAdapterAndItsWiringKnowMyBatisAndSql() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(MYSQL, CONFIG)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.ibatis..", "org.mybatis..", "java.sql..", "javax.sql..", "com.zaxxer..")
                .because("nobody else may begin a transaction or see a row"));
        check(noClasses()
                .that()
                .resideOutsideOfPackage(MYSQL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "mysql.mapper..")
                .because("statements are the adapter's own business"));
    }

    @Test
    void onlyTheWiringKnowsTheAdapters() {
        check(noClasses()
                .that()
                .resideInAPackage(REST)
                .and()
                .resideOutsideOfPackages(CONFIG, SETTINGS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(S3, MYSQL)
                .because("controllers work with any store and any repository"));
    }

    @Test
    void noTechnicalExceptionStandsInAPublicSignature() {
        check(methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage("io.github.imagehost..")
                .and()
                .areDeclaredInClassesThat()
                .areNotAssignableTo("org.apache.ibatis.type.BaseTypeHandler")
                .and()
                .areDeclaredInClassesThat()
                .areNotAssignableTo("javax.sql.DataSource")
                .should(notDeclare("java.sql.SQLException", "software.amazon.awssdk.core.exception.SdkException"))
                .because("callers only know the exceptions of the ports"));
    }

    @Test
    void controllersAreNotUsedByOthers() {
        check(classes()
                .that()
                .areAnnotatedWith(RestController.class)
                .or()
                .haveSimpleNameEndingWith("Controller")
                .should()
                .resideInAPackage(REST)
                .andShould()
                .notBePublic()
                .because("a controller answers requests and nothing else"));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().assignedFrom(EACH_PACKAGE)
                .should()
                .beFreeOfCycles()
                .because("a package that needs another one must not be needed by it"));
    }

    @Test
    void codeIsWiredByConstructorsAndLogsThroughSlf4j() {
        check(NO_CLASSES_SHOULD_USE_FIELD_INJECTION);
        check(NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
        check(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }

    private static ArchCondition<JavaMethod> notDeclare(String... exceptions) {
        return new ArchCondition<>("not declare a technical exception") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                for (JavaClass declared : method.getExceptionTypes()) {
                    for (String exception : exceptions) {
                        if (declared.isAssignableTo(exception)) {
                            events.add(SimpleConditionEvent.violated(
                                    method, method.getFullName() + " declares " + declared.getName()));
                        }
                    }
                }
            }
        };
    }
}
