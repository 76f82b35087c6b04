package io.github.imagehost.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.github.imagehost.cli.session.Bootstrap;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.architecture.PackageSize;
import io.github.imagehost.core.testing.architecture.PackageTable;
import io.github.imagehost.s3.S3Settings;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;

class ArchitectureTest {

    private static final JavaClasses COMMAND_LINE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackagesOf(Main.class);

    /** What each package uses of the others. */
    private static final String PACKAGES = """
            cli: cli.command cli.terminal core.bulk
            cli.command: cli.command.access cli.command.album cli.command.image cli.command.maintenance cli.command.owner cli.converter cli.option cli.session cli.terminal core core.access.credential core.audit core.bulk core.client core.model.access core.settings
            cli.command.access: cli.converter cli.converter.time cli.option cli.session cli.terminal core.access.credential core.access.login core.access.owner core.audit core.model core.model.access core.model.audit core.model.usage core.view
            cli.command.album: cli.converter cli.option cli.session cli.terminal core.model core.model.album core.view
            cli.command.image: cli.converter cli.converter.time cli.option cli.session cli.terminal core.access.link core.admin core.bulk core.intake core.model core.model.audit core.model.query core.source core.view core.work
            cli.command.maintenance: cli.converter cli.converter.time cli.option cli.session cli.terminal core core.access.owner core.admin core.album core.archive core.audit core.diagnosis core.fsck core.migration core.model core.model.access core.model.audit core.model.query core.model.usage core.settings core.view
            cli.command.owner: cli.converter cli.option cli.session cli.terminal core.access.login core.access.owner core.admin core.audit core.model core.model.access core.model.usage core.view
            cli.converter: core.model core.model.access core.model.album core.model.audit core.model.query
            cli.converter.time: core.access.credential core.access.link core.access.login core.model core.model.audit core.settings
            cli.option: cli.converter cli.converter.time cli.remote cli.session cli.terminal core.access.owner core.model core.model.access core.model.album core.model.query core.model.usage core.settings core.view
            cli.remote: cli.session cli.terminal core.bulk core.files core.model core.model.access core.model.album core.model.query core.settings core.source core.view core.work
            cli.session: cli.terminal core core.access.credential core.access.link core.access.login core.access.owner core.access.settings core.access.source core.admin core.album core.audit core.bulk core.diagnosis core.fetch core.files core.intake core.local core.migration core.model core.model.access core.model.album core.model.audit core.model.query core.model.usage core.port.access core.port.album core.port.store core.settings core.source core.view core.work mysql mysql.checkup mysql.settings s3 web
            cli.terminal: core core.access.credential core.bulk core.dedup core.fetch core.intake.refusal core.model core.port.access core.port.album core.port.repository.failure core.port.store core.settings core.work
            """;

    @Test
    void eachPackageUsesWhatTheTableSays() {
        PackageTable.of(PACKAGES).check(COMMAND_LINE);
    }

    @Test
    void noPackageHasMoreFilesThanOneLooksThrough() {
        PackageSize.check(COMMAND_LINE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.github.imagehost.(**)").should().beFreeOfCycles().check(COMMAND_LINE);
    }

    /** Each rule with a class that breaks it. */
    static Stream<Arguments> rules() {
        return Stream.of(
                rule(
                        noClasses()
                                .that()
                                .doNotHaveFullyQualifiedName(Bootstrap.class.getName())
                                .should()
                                .dependOnClassesThat(resideInAnyPackage(
                                        "io.github.imagehost.s3..",
                                        "io.github.imagehost.mysql..",
                                        "io.github.imagehost.web..",
                                        "io.github.imagehost.core.local.."))
                                .as("Commands reach adapters only through Bootstrap")
                                .because("which store and which database there is must not matter to a command"),
                        KnowsAnAdapter.class),
                rule(
                        classes()
                                .should()
                                .onlyDependOnClassesThat(resideInAnyPackage(
                                        "java..",
                                        "javax.net.ssl..",
                                        "io.github.imagehost..",
                                        "picocli..",
                                        "io.github.cdimascio.dotenv..",
                                        "tools.jackson..",
                                        "org.jspecify.."))
                                .as("The command line uses small libraries and no framework such as Spring")
                                .because("a command is expected to be done before a framework has started"),
                        UsesAnotherLibrary.class),
                rule(
                        noClasses()
                                .that()
                                .doNotHaveFullyQualifiedName(Main.class.getName())
                                .should(ACCESS_STANDARD_STREAMS)
                                .orShould()
                                .callMethodWhere(target(owner(name(System.class.getName())))
                                        .and(target(name("exit"))))
                                .as("Only Main touches the standard streams and ends the JVM")
                                .because("everything else runs many times in one JVM, as the tests do"),
                        EndsTheJvm.class),
                rule(
                        fields().that()
                                .areStatic()
                                .should()
                                .beFinal()
                                .as("There is no static state")
                                .because("several commands may run in one JVM at once"),
                        HasStaticState.class),
                rule(
                        classes()
                                .that()
                                .areAnnotatedWith(Command.class)
                                .should()
                                .haveSimpleNameEndingWith("Command")
                                .andShould()
                                .bePackagePrivate()
                                .as("Each command is a class of its own, named after it")
                                .because("whoever looks for a command finds it by its name"),
                        Misnamed.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void holds(ArchRule rule, Class<?> offender) {
        assertThat(COMMAND_LINE).extracting(JavaClass::getSimpleName).contains("Main", "Bootstrap", "UploadCommand");
        rule.check(COMMAND_LINE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void canFail(ArchRule rule, Class<?> offender) {
        JavaClasses classes = new ClassFileImporter().importClasses(offender);

        assertThat(rule.evaluate(classes).hasViolation()).isTrue();
    }

    private static Arguments rule(ArchRule rule, Class<?> offender) {
        return Arguments.of(Named.of(rule.getDescription(), rule), offender);
    }

    static final class KnowsAnAdapter {

        boolean usesS3(Settings settings) {
            return S3Settings.areIn(settings);
        }
    }

    static final class UsesAnotherLibrary {

        void check() {
            assertThat(true).isTrue();
        }
    }

    static final class EndsTheJvm {

        void end() {
            System.exit(1);
        }
    }

    static final class HasStaticState {

        static int count = 0;
    }

    @Command
    static final class Misnamed {}
}
