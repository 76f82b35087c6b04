package io.github.imagehost.rest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.link.DeleteLinks;
import io.github.imagehost.core.album.Albums;
import io.github.imagehost.core.album.FilingWish;
import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.dedup.UploadTerms;
import io.github.imagehost.core.fetch.FetchSettings;
import io.github.imagehost.core.fetch.LinkedPictures;
import io.github.imagehost.core.fetch.NameResolver;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.intake.refusal.UnsupportedImageException;
import io.github.imagehost.core.intake.spool.SpooledContent;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.port.store.StoreFullException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.InMemoryAccessRepository;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestHost;
import io.github.imagehost.core.work.SharedPlaces;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.filing.FilingFields;
import io.github.imagehost.rest.sharing.SharingFields;
import io.github.imagehost.rest.upload.MultipartUpload.Part;
import io.github.imagehost.web.HttpWebClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartUploadsTest {

    private final TestHost test = new TestHost();
    private final List<Part<SpooledContent>> parts = new ArrayList<>();
    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        executor.shutdown();
        parts.forEach(part -> part.received().ifPresent(SpooledContent::close));
    }

    @Test
    void oneQuestionIsEnoughForAllFiles() throws IOException {
        byte[] there = Pictures.uniquePng();
        byte[] twice = Pictures.uniqueJpeg();
        Image image = test.upload(there).image();
        int questions = test.repository().calls("findExisting");
        add(there);
        add(twice);
        add(twice);

        List<Object> outcomes = upload();

        assertThat(outcomes.get(0)).isEqualTo(new Upload(image, true));
        Upload fresh = (Upload) outcomes.get(1);
        assertThat(fresh.duplicate()).isFalse();
        assertThat(outcomes.get(2)).isEqualTo(new Upload(fresh.image(), true));
        assertThat(test.repository().calls("findExisting")).isEqualTo(questions + 1);
    }

    /** None of them is stored before all are about to be. */
    @Test
    void differentFilesAreStoredAtTheSameTime() throws Exception {
        int files = 4;
        CyclicBarrier all = new CyclicBarrier(files);
        test.store().always("put", call -> {
            all.await(1, TimeUnit.MINUTES);
            return call.proceed();
        });
        for (int i = 0; i < files; i++) {
            add(Pictures.uniquePng());
        }

        assertThat(upload())
                .allSatisfy(
                        outcome -> assertThat(((Upload) outcome).duplicate()).isFalse());
    }

    @Test
    void whatFollowsAStoreThatIsAwayDoesNotAskIt() throws IOException {
        byte[] there = Pictures.uniquePng();
        byte[] twice = Pictures.uniquePng();
        Image image = test.upload(there).image();
        StoreUnavailableException away = new StoreUnavailableException("away");
        test.store().always("put", Faults.failBefore(away));
        int puts = test.store().calls("put");
        add(twice);
        add(twice);
        add(Pictures.html());
        add(there);

        List<Object> outcomes = upload();

        assertThat(outcomes.get(0)).isSameAs(away);
        assertThat(outcomes.get(1)).isSameAs(away);
        assertThat(outcomes.get(2)).isInstanceOf(UnsupportedImageException.class);
        assertThat(outcomes.get(3)).isEqualTo(new Upload(image, true));
        assertThat(test.store().calls("put")).isEqualTo(puts + 1);
    }

    @Test
    void aRepositoryThatIsAwayIsAskedOnce() throws IOException {
        RepositoryUnavailableException away = new RepositoryUnavailableException("away");
        test.repository().always("findExisting", Faults.failBefore(away));
        add(Pictures.uniquePng());
        add(Pictures.html());

        List<Object> outcomes = upload();

        assertThat(outcomes.get(0)).isSameAs(away);
        assertThat(outcomes.get(1)).isInstanceOf(UnsupportedImageException.class);
        assertThat(test.repository().calls("findExisting")).isOne();
        assertThat(test.repository().calls("claim")).isZero();
    }

    @Test
    void aStoreThatIsFullMayHaveRoomForTheNextFile() throws IOException {
        byte[] twice = Pictures.uniquePng();
        test.store().next("put", Faults.failBefore(new StoreFullException("full", new IOException())));
        add(twice);
        add(twice);

        List<Object> outcomes = upload();

        assertThat(outcomes.get(0)).isInstanceOf(StoreFullException.class);
        assertThat(((Upload) outcomes.get(1)).duplicate()).isFalse();
    }

    @Test
    void whatWasRefusedBeforeIsToldAsItWas() {
        ApiException refusal = new ApiException(ApiError.BAD_REQUEST);
        parts.add(new Part<>(0, "image", "a.png", Optional.empty(), Optional.of(refusal), Optional.empty()));

        assertThat(upload()).containsExactly(refusal);
    }

    /** The upload or the failure of each. */
    private List<Object> upload() {
        return new PartUploads(uploader(), parts, Requester.PATIENT, executor)
                .upload(new Uploader.Wish(UploadTerms.NOW, FilingWish.NONE)).stream()
                        .<Object>map(outcome -> outcome.upload()
                                .<Object>map(Uploader.Finished::upload)
                                .orElseGet(() -> outcome.failure().orElseThrow()))
                        .toList();
    }

    private Uploader uploader() {
        ImageLinks links = ImageLinks.toService(URI.create("http://images.test"));
        InstantSource clock = InstantSource.system();
        Albums albums = new Albums(test.rows().albums());
        Uploader.Parts uploading = new Uploader.Parts(
                test.host(),
                new LinkedPictures(
                        HttpWebClient.create(),
                        FetchSettings.from(Settings.of(Map.of())),
                        NameResolver.SYSTEM,
                        new SharedPlaces<>(1, 1)),
                test.rows(),
                links,
                new DeleteLinks(new InMemoryAccessRepository(clock)),
                new SharingFields(clock, links),
                albums,
                new FilingFields(albums),
                clock);
        return new Uploader(uploading, Principal.DEFAULT_OWNER, UploadPolicy.DEFAULT);
    }

    private void add(byte[] picture) throws IOException {
        SpooledContent content = test.host().spool(new ByteArrayInputStream(picture));
        parts.add(
                new Part<>(parts.size(), "image", "cat.png", Optional.of(content), Optional.empty(), Optional.empty()));
    }
}
