package io.github.imagehost.examples;

import static io.github.imagehost.examples.DocumentedCode.javaBlocksOf;
import static io.github.imagehost.examples.DocumentedCode.page;
import static io.github.imagehost.examples.DocumentedCode.source;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class TestkitDocumentTest {

    private static final String DOCUMENT = "testkit.md";
    private static final Pattern VERSION_OF_A_JAR = Pattern.compile(".*-([0-9]+\\.[0-9]+\\.[0-9]+)\\.jar");

    @Test
    void showsOnlyCodeThatIsCompiledAndRun() throws IOException {
        assertThat(javaBlocksOf(DOCUMENT))
                .containsExactly(
                        source("YourStoreTest.java"),
                        source("YourRepositoryTest.java"),
                        source("YourAccessRepositoryTest.java"),
                        source("YourApplicationTest.java"));
    }

    @Test
    void namesTheLibrariesThatTheKitIsTestedWith() throws IOException, URISyntaxException {
        assertThat(page(DOCUMENT))
                .contains(
                        "<artifactId>junit-jupiter</artifactId>\n    <version>" + versionOf(Test.class) + "</version>")
                .contains("<artifactId>assertj-core</artifactId>\n    <version>" + versionOf(Assertions.class)
                        + "</version>");
    }

    private static String versionOf(Class<?> type) throws URISyntaxException {
        Path jar =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        Matcher version = VERSION_OF_A_JAR.matcher(String.valueOf(jar.getFileName()));
        assertThat(version.matches()).as("the version of %s", jar).isTrue();
        return version.group(1);
    }
}
