package io.github.imagehost.examples;

import static io.github.imagehost.examples.DocumentedCode.javaBlocksOf;
import static io.github.imagehost.examples.DocumentedCode.source;
import static io.github.imagehost.examples.DocumentedCode.withoutIndentation;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddingDocumentTest {

    private static final String DOCUMENT = "embedding.md";

    @Test
    void beginsWithTheWholeExample() throws IOException {
        assertThat(javaBlocksOf(DOCUMENT).get(0)).isEqualTo(source("EmbeddedImageHost.java"));
    }

    @Test
    void showsOnlyCodeThatIsCompiled() throws IOException {
        String recipes = withoutIndentation(source("EmbeddingRecipes.java"));
        List<String> blocks = javaBlocksOf(DOCUMENT);

        assertThat(blocks.subList(1, blocks.size()))
                .hasSizeGreaterThan(4)
                .allSatisfy(step -> assertThat(recipes).contains(withoutIndentation(step)));
    }
}
