package io.github.imagehost.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCacheSizeTest {

    private static final long MEGABYTE = 1024 * 1024;

    @ParameterizedTest
    @CsvSource({"64MB,67108864", "500MB,524288000", "2GB,2147483648", "2 GB,2147483648", "1024TB,1125899906842624"})
    void readsASize(String text, long bytes) {
        assertThat(from(text).bytes()).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "OFF"})
    void isTurnedOff(String text) {
        assertThat(from(text).bytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"63MB", "1025TB", "999999999TB", "2", "2gb", "GB", "-2GB", "on", "0", "2.5GB"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> from(text))
                .isInstanceOf(SettingsException.class)
                .hasMessage("CONTENT_CACHE is '" + text
                        + "', but legal is off, or a size from 64MB to 1024TB such as 500MB or 2GB");
    }

    @Test
    void takesATenthOfWhatIsFreeByDefaultAndNoMoreThanTwoGigabytes() {
        assertThat(ContentCacheSize.byDefault(Long.MAX_VALUE).bytes()).contains(2048 * MEGABYTE);
        assertThat(ContentCacheSize.byDefault(1000 * MEGABYTE).bytes()).contains(100 * MEGABYTE);
        assertThat(ContentCacheSize.byDefault(640 * MEGABYTE).bytes()).contains(64 * MEGABYTE);
        assertThat(ContentCacheSize.byDefault(639 * MEGABYTE).bytes()).isEmpty();
    }

    @Test
    void looksAtTheDiskWhereTheDirectoryWillBe(@TempDir Path directory) throws Exception {
        long free = Files.getFileStore(directory).getUsableSpace();

        ContentCacheSize size = ContentCacheSize.from(
                Settings.of(Map.of("DATA_DIR", directory.resolve("a/b").toString())));

        assertThat(size.bytes().isPresent()).isEqualTo(free / 10 >= 64 * MEGABYTE);
        assertThat(directory).isEmptyDirectory();
    }

    private static ContentCacheSize from(String text) {
        return ContentCacheSize.from(Settings.of(Map.of("CONTENT_CACHE", text)));
    }
}
