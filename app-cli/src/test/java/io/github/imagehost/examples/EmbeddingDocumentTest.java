package io.github.imagehost.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EmbeddingDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "embedding.md");
    private static final Path SOURCES = Path.of("src", "test", "java", "io", "github", "imagehost", "examples");
    private static final Pattern JAVA_BLOCK =
            Pattern.compile("^```java\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void beginsWithTheWholeExample() throws IOException {
        assertThat(javaBlocks().get(0)).isEqualTo(source("EmbeddedImageHost.java"));
    }

    @Test
    void showsOnlyCodeThatIsCompiled() throws IOException {
        String recipes = withoutIndentation(source("EmbeddingRecipes.java"));
        List<String> steps = javaBlocks().subList(1, javaBlocks().size());

        assertThat(steps)
                .hasSizeGreaterThan(4)
                .allSatisfy(step -> assertThat(recipes).contains(withoutIndentation(step)));
    }

    private static List<String> javaBlocks() throws IOException {
        return JAVA_BLOCK
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private static String source(String file) throws IOException {
        return Files.readString(SOURCES.resolve(file));
    }

    private static String withoutIndentation(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
