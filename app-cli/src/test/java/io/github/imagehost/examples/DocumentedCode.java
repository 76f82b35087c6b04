package io.github.imagehost.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The Java code of a page of the documentation, beside the classes of this package that it is taken from. */
final class DocumentedCode {

    private static final Path DOCUMENTS = Path.of("..", "docs");
    private static final Path SOURCES = Path.of("src", "test", "java", "io", "github", "imagehost", "examples");
    private static final Pattern JAVA_BLOCK =
            Pattern.compile("^```java\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private DocumentedCode() {}

    static String page(String file) throws IOException {
        return Files.readString(DOCUMENTS.resolve(file));
    }

    /** In the order of the page. */
    static List<String> javaBlocksOf(String file) throws IOException {
        return JAVA_BLOCK
                .matcher(page(file))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    static String source(String file) throws IOException {
        return Files.readString(SOURCES.resolve(file));
    }

    static String withoutIndentation(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
