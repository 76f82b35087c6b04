package io.github.imagehost.rest;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.github.imagehost.core.testing.architecture.PackageSize;
import io.github.imagehost.core.testing.architecture.PackageTable;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RestController;

/** The borders between the modules, as this one sees them all but the command line. */
class ArchitectureTest {

    private static final String ROOT = "io.github.imagehost.";
    private static final String CORE = ROOT + "core..";
    private static final String S3 = ROOT + "s3..";
    private static final String MYSQL = ROOT + "mysql..";
    private static final String WEB = ROOT + "web..";
    private static final String REST = ROOT + "rest..";
    private static final String CONFIG = ROOT + "rest.config..";
    private static final String SETTINGS = ROOT + "rest.settings..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.github.imagehost");

    /** What each package uses of the others. An adapter sees its port, and no use case and no other adapter. */
    private static final String PACKAGES = """
            mysql: core.model core.model.query core.model.usage core.port.access core.port.album core.port.audit core.port.repository core.port.repository.administration core.port.repository.failure core.source mysql.access mysql.album mysql.audit mysql.listing mysql.mapper mysql.protocol mysql.row mysql.row.image mysql.schema mysql.settings mysql.transaction
            mysql.access: core.model core.model.access core.model.usage core.port.access mysql.mapper mysql.row mysql.row.access mysql.transaction
            mysql.album: core.model core.model.album core.port.album core.port.repository.failure mysql.mapper mysql.row mysql.row.album mysql.row.image mysql.row.listing mysql.transaction mysql.type
            mysql.audit: core.model core.model.audit core.port.audit mysql.mapper mysql.row.audit mysql.transaction
            mysql.checkup: core.diagnosis core.settings mysql.schema mysql.settings mysql.transaction
            mysql.listing: core.model core.model.query core.model.usage core.port.repository.administration mysql.mapper mysql.row.album mysql.row.image mysql.row.listing mysql.transaction mysql.type
            mysql.mapper: core.model core.model.access core.model.query core.model.usage mysql.row mysql.row.access mysql.row.album mysql.row.audit mysql.row.image mysql.row.listing
            mysql.migration:
            mysql.protocol: core.model core.model.query core.model.usage core.port.repository core.port.repository.administration core.port.repository.failure mysql.album mysql.listing mysql.mapper mysql.row mysql.row.image mysql.transaction mysql.type
            mysql.row: core.model
            mysql.row.access: core.model core.model.access core.model.usage core.port.access core.port.repository.failure mysql.row
            mysql.row.album: core.model core.model.album mysql.row
            mysql.row.audit: core.model core.model.audit
            mysql.row.image: core.model core.port.repository core.port.repository.administration core.port.repository.failure mysql.row
            mysql.row.listing: core.model core.model.query mysql.row
            mysql.schema: core.port.repository.failure core.work mysql.migration mysql.settings mysql.transaction
            mysql.settings: core.diagnosis core.settings mysql.transaction
            mysql.transaction: core.model core.port.repository.failure mysql.mapper mysql.type
            mysql.type: core.model
            rest: core.access.settings core.settings core.work rest.settings
            rest.access: core.access.credential core.access.login core.access.settings core.model core.model.access core.port.access rest.error rest.request rest.settings
            rest.accesslog: core.access.credential core.model core.model.access core.settings core.view rest.access rest.guard rest.request
            rest.account: core.access.credential core.access.login core.access.owner core.access.settings core.audit core.intake core.model core.model.access core.model.audit core.model.usage core.port.repository.administration core.settings core.view rest.access rest.body rest.error rest.guard rest.parameter
            rest.album: core core.album core.audit core.model core.model.access core.model.album core.view rest.access rest.body rest.catalog rest.error rest.guard rest.parameter rest.sharing
            rest.body: core.model rest.error rest.request rest.settings
            rest.cache: core.files core.model core.port.store
            rest.catalog: core core.access.credential core.access.link core.album core.audit core.model core.model.access core.model.album core.model.query core.view rest.access rest.body rest.error rest.filing rest.guard rest.parameter rest.settings
            rest.client: core.client rest.access rest.error rest.settings
            rest.compat.chevereto: core.model.access core.view rest.access rest.error rest.request rest.settings rest.upload
            rest.compat.easyimages: core.model.access core.view rest.access rest.error rest.request rest.settings rest.upload
            rest.compat.lsky: core core.access.credential core.access.link core.access.login core.access.owner core.album core.audit core.model core.model.access core.model.album core.model.audit core.model.query core.model.usage core.port.repository.administration core.view rest.access rest.body rest.catalog rest.error rest.guard rest.request rest.settings rest.upload
            rest.compat.picgo: core.access.credential core.audit core.model core.model.access core.view rest.access rest.body rest.catalog rest.error rest.guard rest.request rest.settings rest.upload
            rest.config: core core.access.credential core.access.link core.access.login core.access.owner core.access.settings core.access.source core.album core.audit core.fetch core.intake core.intake.spool core.local core.model.access core.model.usage core.port.access core.port.album core.port.repository core.port.repository.administration core.port.repository.failure core.port.store core.settings core.transform core.transform.engine core.work mysql mysql.schema mysql.settings mysql.transaction rest.access rest.accesslog rest.body rest.cache rest.error rest.guard rest.metrics rest.oidc rest.request rest.settings s3 web
            rest.delivery: core core.model core.port.store core.transform rest.access rest.body rest.catalog rest.error rest.guard rest.settings rest.sharing
            rest.error: core core.access.credential core.access.source core.decoding core.dedup core.fetch core.intake.refusal core.model core.port.access core.port.album core.port.repository.failure core.port.store core.transform core.view rest.request rest.settings
            rest.filing: core.album core.model core.model.album rest.body rest.error
            rest.guard: core.access.credential core.access.login core.access.settings core.access.source core.audit core.model core.model.access core.model.audit core.port.access core.port.repository.failure rest.access rest.error rest.request rest.settings
            rest.health: core.port.repository core.port.store core.view rest.access rest.request
            rest.info: core core.access.settings core.fetch core.format core.intake core.model core.model.access core.transform rest.access rest.error rest.settings
            rest.metrics: core.model core.port.repository core.port.repository.administration core.settings rest.request
            rest.oidc: core.access.credential core.access.link core.access.login core.access.owner core.access.settings core.audit core.model.access core.model.audit core.port.access rest.access rest.error rest.guard rest.request rest.settings
            rest.page: core.model core.port.store core.settings rest.access rest.request rest.settings
            rest.parameter: rest.error
            rest.request: core.decoding rest.settings
            rest.settings: core core.access.source core.intake core.model.access core.settings core.transform core.transform.engine mysql.transaction s3
            rest.sharing: core core.access.credential core.access.link core.access.source core.album core.audit core.intake core.model core.model.access core.model.album core.settings core.view rest.access rest.body rest.catalog rest.error rest.filing rest.guard rest.parameter
            rest.statistics: core.access.owner core.model core.model.access core.model.usage core.port.repository.administration core.view rest.access rest.error rest.health rest.request
            rest.upload: core core.access.credential core.access.link core.access.settings core.album core.audit core.decoding core.dedup core.fetch core.format.walk core.intake core.intake.refusal core.intake.spool core.model core.model.access core.model.usage core.port.repository.administration core.port.repository.failure core.port.store core.settings core.view core.work rest.access rest.body rest.error rest.filing rest.guard rest.request rest.settings rest.sharing
            s3: core.diagnosis core.model core.port.store core.settings core.source
            web: core.port.web
            """;

    @Test
    void eachPackageUsesWhatTheTableSays() {
        PackageTable.of(PACKAGES).check(CLASSES.that(resideInAnyPackage(S3, MYSQL, WEB, REST)));
    }

    @Test
    void noPackageHasMoreFilesThanOneLooksThrough() {
        PackageSize.check(CLASSES.that(resideInAnyPackage(S3, MYSQL, WEB, REST)));
    }

    @Test
    void theCoreKnowsNobody() {
        check(noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        S3,
                        MYSQL,
                        WEB,
                        REST,
                        "org.springframework..",
                        "software.amazon..",
                        "org.apache.hc..",
                        "org.apache.ibatis..")
                .because("it is embedded by applications that have other frameworks, stores and databases"));
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
    void onlyTheWebAdapterKnowsTheHttpClient() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(WEB)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hc..")
                .because("nobody else may connect to what a stranger has named"));
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
                .resideInAnyPackage(S3, MYSQL, WEB)
                .because("controllers work with any store and any repository"));
    }

    @Test
    void noTechnicalExceptionStandsInAPublicSignature() {
        check(methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage(MYSQL)
                .should(notDeclare("java.sql.SQLException", "software.amazon.awssdk.core.exception.SdkException"))
                .because("callers only know the exceptions of the ports"));
        check(methods()
                .that()
                .declareThrowableOfType("java.sql.SQLException")
                .should()
                .onlyBeCalled()
                .byClassesThat()
                .resideInAnyPackage(MYSQL)
                .because("what a database throws is translated once, at the edge"));
    }

    @Test
    void whatNobodyMayGuessIsRandom() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(CORE)
                .and()
                .doNotHaveSimpleName("Upkeep")
                .and()
                .doNotHaveSimpleName("Backoff")
                .and()
                .doNotHaveSimpleName("Draw")
                .and()
                .doNotHaveSimpleName("RequestRecord")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Random.class, SplittableRandom.class, ThreadLocalRandom.class)
                .orShould()
                .callMethod(Math.class, "random")
                .because("whoever sees a few of their numbers knows the next ones; SecureRandom's nobody knows. Pauses,"
                        + " samples, what anybody may see and ids of requests in the log may be guessed"));
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
        check(slices().matching("io.github.imagehost.(**)")
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
