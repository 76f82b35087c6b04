package io.github.imagehost.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.ImageHostBuilder;
import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.fsck.StoreCheckReport;
import io.github.imagehost.core.intake.refusal.UnsupportedImageException;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.InMemoryImageStore;
import io.github.imagehost.core.testing.InMemoryMetadataRepository;
import io.github.imagehost.core.testing.MutableClock;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.core.testing.TestHost;
import io.github.imagehost.mysql.settings.MySqlSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("compares all that the JVM prints")
class EmbeddingTest {

    @TempDir
    Path directory;

    @Test
    void theExampleRuns() throws IOException {
        Path picture = Files.write(directory.resolve("cat.png"), Pictures.uniquePng());
        Path copy = directory.resolve("copy.png");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            EmbeddedImageHost.main(
                    new String[] {directory.resolve("host").toString(), picture.toString(), copy.toString()});
        } finally {
            System.setOut(before);
        }

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("Stored once: true", "The same image: true", "Still there: false");
        assertThat(copy).hasSameBinaryContentAs(picture);
    }

    @Test
    void worksOnAnApplicationsOwnDataSource() throws IOException {
        MySqlSettings settings = MySqlSettings.from(Settings.of(Map.of("DATA_DIR", directory.toString())));
        Files.createDirectories(directory.resolve("database"));

        try (ImageHost host =
                EmbeddingRecipes.onOwnDataSource(settings.unpooledDataSource(), directory.resolve("pictures"))) {
            byte[] picture = Pictures.uniquePng();
            OwnerId owner = new OwnerId(7);

            assertThat(EmbeddingRecipes.uploadFor(host, owner, "Holiday.png", new ByteArrayInputStream(picture))
                            .images())
                    .hasSize(1);
            assertThat(host.find(OwnerId.DEFAULT, 1)).isEmpty();
        }
    }

    @Test
    void storesOnlyWhatWasExpected() throws IOException {
        TestHost test = new TestHost();
        byte[] picture = Pictures.uniquePng();
        Digest digest = TestContent.digestOf(picture);

        assertThat(EmbeddingRecipes.uploadUnlessDamaged(
                        test.host(), TestHost.ALICE, "cat.png", new ByteArrayInputStream(Pictures.uniquePng()), digest))
                .isEmpty();
        assertThat(test.images(TestHost.ALICE)).isEmpty();
        assertThat(EmbeddingRecipes.uploadUnlessDamaged(
                        test.host(), TestHost.ALICE, "cat.png", new ByteArrayInputStream(picture), digest))
                .map(Upload::image)
                .contains(test.images(TestHost.ALICE).get(0));
    }

    @Test
    void triesAgainWhatMaySucceedLater() throws Exception {
        TestHost test = new TestHost();
        test.store().next("put", Faults.failBefore(new StoreUnavailableException("away")));

        assertThat(EmbeddingRecipes.uploadPatiently(test.host(), "cat.png", Pictures.uniquePng(), Duration.ZERO)
                        .duplicate())
                .isFalse();
    }

    @Test
    void givesUpInTheEnd() {
        TestHost test = new TestHost();
        test.store().always("put", Faults.failBefore(new StoreUnavailableException("away")));

        assertThatThrownBy(() ->
                        EmbeddingRecipes.uploadPatiently(test.host(), "cat.png", Pictures.uniquePng(), Duration.ZERO))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(test.store().calls("put")).isEqualTo(3);
    }

    @Test
    void refusesWhatThePolicyDoesNotAllow() {
        TestHost test = new TestHost();
        ImageHostBuilder builder = ImageHost.builder()
                .store(test.store().port())
                .metadata(test.repository().port());

        try (ImageHost host = EmbeddingRecipes.forSmallPngs(builder, directory)) {
            assertThatThrownBy(() ->
                            host.upload(OwnerId.DEFAULT, "cat.jpg", new ByteArrayInputStream(Pictures.uniqueJpeg())))
                    .isInstanceOf(UnsupportedImageException.class);
        }
    }

    @Test
    void findsOutWhatDoesNotWork() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThat(EmbeddingRecipes.whatDoesNotWork(Settings.of(Map.of("DATA_DIR", directory.toString()))))
                .isEmpty();
        assertThat(EmbeddingRecipes.whatDoesNotWork(Settings.of(Map.of("DATA_DIR", file.toString()))))
                .extracting(Finding::check)
                .containsExactly("data directory", "spool");
    }

    @Test
    void checksTheStore() {
        StoreCheckReport report = EmbeddingRecipes.check(
                new InMemoryImageStore(new MutableClock()), new InMemoryMetadataRepository(new MutableClock()));

        assertThat(report.isClean()).isTrue();
    }

    @Test
    void sweepsNowAndThen() {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        try {
            ScheduledFuture<?> sweep = EmbeddingRecipes.sweepEveryMinute(
                    new TestHost().host(), () -> {}, executor, System.getLogger("sweep"));

            assertThat(sweep.isDone()).isFalse();
        } finally {
            executor.shutdownNow();
        }
    }
}
