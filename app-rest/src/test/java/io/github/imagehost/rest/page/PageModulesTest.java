package io.github.imagehost.rest.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the modules of the page are written. */
class PageModulesTest {

    private static final Path SOURCES = Path.of("src/main/resources/app");

    /** Who may import whom: those further down, and the own folder. What is in no folder is on top. */
    private static final List<Set<String>> LAYERS = List.of(
            Set.of("base", "lib"),
            Set.of("i18n"),
            Set.of("api"),
            Set.of("ui"),
            Set.of("links", "filing"),
            Set.of("upload", "gallery", "albums", "account", "admin", "statistics"),
            Set.of(""));

    private static final Pattern IMPORT =
            Pattern.compile("^(?:import|export) [^;]*?from '([^']+)';", Pattern.MULTILINE);
    private static final Pattern ANY_IMPORT = Pattern.compile("(?:from |import\\()'(\\.[^']+)'");
    private static final Pattern COMMENT =
            Pattern.compile("/\\*.*?\\*/|^\\s*//.*?$|<!--.*?-->", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern PRELOAD = Pattern.compile("(?:href|src)=\"BUILD/([^\"]+\\.js)\"");

    /** What turns text into something else, or keeps what belongs to nobody. */
    private static final Map<String, Pattern> FORBIDDEN = Map.of(
            "HTML out of text",
            Pattern.compile(
                    "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|unsafeHTML|createContextualFragment"),
            "code out of text",
            Pattern.compile("\\beval\\(|new Function\\(|javascript:"),
            "a style in the text of a page",
            Pattern.compile("[^.]\\bstyle=|setAttribute\\('style'"),
            "a handler in the text of a page",
            Pattern.compile("\\son[a-z]+=\"?"),
            "a message to developers",
            Pattern.compile("console\\.|debugger;|alert\\("),
            "an address elsewhere",
            Pattern.compile("https?://(?!example\\.com/|localhost/|www\\.w3\\.org/2000/svg)[a-z]"),
            "what is kept in the browser beside the settings",
            Pattern.compile("sessionStorage|indexedDB|document\\.cookie"),
            "a check that is switched off",
            Pattern.compile("@ts-(ignore|nocheck|expect-error)"));

    /** Words between tags, and in what is read aloud or shown when somebody points at it. */
    private static final Pattern WORDS = Pattern.compile(
            "(?<![=\\s])>([^<>${}`=;]*\\p{L}{2,}[^<>${}`=;]*)<|(?:aria-label|title|placeholder|alt)=\"([^\"$]*\\p{L}{2,}[^\"]*)\"");

    /** Names, which are the same in each language. */
    private static final Set<String> NAMES =
            Set.of("imagehost", "GIF", "imagehost token create NAME", "https://example.com/cat.jpg");

    @Test
    void nothingIsWrittenThatTheContentPolicyForbidsOrThatPeopleMustNotFind() {
        sources()
                .forEach((name, source) ->
                        FORBIDDEN.forEach((what, pattern) -> assertThat(found(pattern, withoutComments(source)))
                                .as(name + " has " + what)
                                .isEmpty()));
    }

    @Test
    void allTextsAreInTheLanguagesOfThePage() {
        sources().forEach((name, source) -> {
            if (!name.startsWith("i18n/") && name.endsWith(".js")) {
                Stream<String> words = WORDS.matcher(withoutComments(source))
                        .results()
                        .map(match -> (match.group(1) == null ? match.group(2) : match.group(1)).strip())
                        .filter(text -> !NAMES.contains(text));
                assertThat(words).as(name).isEmpty();
            }
        });
    }

    @Test
    void modulesImportDownwardsOnly() {
        sources()
                .forEach((name, source) -> ANY_IMPORT
                        .matcher(withoutComments(source))
                        .results()
                        .map(match -> resolve(name, match.group(1)))
                        .filter(imported -> !folder(imported).equals(folder(name)))
                        .forEach(imported -> assertThat(layer(imported))
                                .as(name + " imports " + imported)
                                .isLessThan(layer(name))));
    }

    @Test
    void thePageNamesExactlyWhatItNeedsAtFirst() throws IOException {
        String index = Files.readString(SOURCES.resolve("index.html"));

        Set<String> named = found(PRELOAD, index);

        assertThat(named).isEqualTo(needed("main.js"));
    }

    @Test
    void noModuleIsLongerThanAnybodyWantsToRead() {
        sources().forEach((name, source) -> {
            if (!name.startsWith("i18n/") && name.endsWith(".js")) {
                assertThat(source.lines().count()).as(name).isLessThanOrEqualTo(400);
            }
        });
    }

    /** A module and all that it imports before it runs. */
    private static Set<String> needed(String first) {
        Map<String, String> sources = sources();
        Set<String> needed = new TreeSet<>(Set.of(first));
        Deque<String> open = new ArrayDeque<>(needed);
        while (!open.isEmpty()) {
            String name = open.pop();
            IMPORT.matcher(sources.getOrDefault(name, ""))
                    .results()
                    .map(match -> resolve(name, match.group(1)))
                    .filter(needed::add)
                    .forEach(open::push);
        }
        return needed;
    }

    private static String resolve(String from, String path) {
        return Path.of(from).resolveSibling(path).normalize().toString().replace('\\', '/');
    }

    private static String folder(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }

    private static int layer(String name) {
        for (int layer = 0; layer < LAYERS.size(); layer++) {
            if (LAYERS.get(layer).contains(folder(name))) {
                return layer;
            }
        }
        throw new AssertionError("Nobody says where the folder of " + name + " belongs");
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(Math.min(1, match.groupCount())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String withoutComments(String source) {
        return COMMENT.matcher(source).replaceAll("");
    }

    private static Map<String, String> sources() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            Map<String, String> sources = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = SOURCES.relativize(file).toString().replace('\\', '/');
                if (name.matches(".*\\.(js|html)")) {
                    sources.put(name, Files.readString(file));
                }
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
