package io.github.imagehost.rest.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.fetch.FetchException;
import io.github.imagehost.rest.testing.ServiceTest;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.context.MessageSource;

class MessagesTest extends ServiceTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)}");
    private static final Object[] ARGUMENTS = {"<first>", "<second>", "<third>"};

    private final Properties chinese = bundle("/messages.properties");
    private final Properties english = bundle("/messages_en.properties");

    @Test
    void everyMessageIsThereInBothLanguages() {
        assertThat(chinese.stringPropertyNames())
                .contains("uploaded", "image_not_found")
                .isEqualTo(english.stringPropertyNames());
        assertThat(english.stringPropertyNames())
                .containsAll(
                        Arrays.stream(ApiError.values()).map(ApiError::code).toList())
                .containsAll(Arrays.stream(FetchException.Reason.values())
                        .map(reason -> "fetch." + reason.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void bothLanguagesTellTheSame() {
        for (String key : chinese.stringPropertyNames()) {
            assertThat(placeholders(english.getProperty(key)))
                    .as(key)
                    .isEqualTo(placeholders(chinese.getProperty(key)));
        }
    }

    @Test
    void peopleSeeNeitherPlaceholdersNorQuotesOfTheFormat() {
        assertShown(chinese, Locale.CHINESE);
        assertShown(english, Locale.ENGLISH);
    }

    private void assertShown(Properties bundle, Locale language) {
        MessageSource source = service().part(MessageSource.class);
        for (String key : bundle.stringPropertyNames()) {
            Set<Integer> placeholders = placeholders(bundle.getProperty(key));
            Object[] arguments = Arrays.copyOf(ARGUMENTS, placeholders.size());

            String shown = Objects.requireNonNull(source.getMessage(key, arguments, language));

            String apostrophes = bundle.getProperty(key).replace("''", "’");
            assertThat(apostrophes)
                    .as("%s has an apostrophe that is not doubled", key)
                    .doesNotContain("'");
            String expected = apostrophes.replace('’', '\'');
            for (int i = 0; i < arguments.length; i++) {
                expected = expected.replace("{" + i + "}", String.valueOf(arguments[i]));
            }
            assertThat(shown).as(key).isEqualTo(expected).doesNotContain("''", "{", "}");
        }
    }

    private static Set<Integer> placeholders(String message) {
        return PLACEHOLDER
                .matcher(message)
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties bundle(String resource) {
        Properties bundle = new Properties();
        try (Reader in = new InputStreamReader(
                Objects.requireNonNull(MessagesTest.class.getResourceAsStream(resource)), StandardCharsets.UTF_8)) {
            bundle.load(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bundle;
    }
}
