package io.github.imagehost.rest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.intake.SpooledContent;
import io.github.imagehost.core.intake.UnsupportedImageException;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.port.repository.RepositoryUnavailableException;
import io.github.imagehost.core.port.store.StoreFullException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestHost;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.upload.MultipartUpload.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartUploadsTest {

    private final TestHost test = new TestHost();
    private final List<Part<SpooledContent>> parts = new ArrayList<>();

    @AfterEach
    void closeParts() {
        parts.forEach(part -> part.received().ifPresent(SpooledContent::close));
    }

    @Test
    void oneQuestionIsEnoughForAllFiles() throws IOException {
        byte[] there = Pictures.uniquePng();
        byte[] twice = Pictures.uniqueJpeg();
        Image image = test.upload(there).image();
        int questions = test.repository().calls("findExisting");
        Part<SpooledContent> first = part(there);
        Part<SpooledContent> second = part(twice);
        Part<SpooledContent> third = part(twice);

        PartUploads uploads = uploads();

        assertThat(uploads.upload(first)).isEqualTo(new Upload(image, true));
        Upload fresh = uploads.upload(second);
        assertThat(fresh.duplicate()).isFalse();
        assertThat(uploads.upload(third)).isEqualTo(new Upload(fresh.image(), true));
        assertThat(test.repository().calls("findExisting")).isEqualTo(questions + 1);
    }

    @Test
    void aStoreThatIsAwayIsAskedOnce() throws IOException {
        byte[] there = Pictures.uniquePng();
        Image image = test.upload(there).image();
        StoreUnavailableException away = new StoreUnavailableException("away");
        test.store().always("put", Faults.failBefore(away));
        Part<SpooledContent> first = part(Pictures.uniquePng());
        Part<SpooledContent> second = part(Pictures.uniquePng());
        Part<SpooledContent> bad = part(Pictures.html());
        Part<SpooledContent> duplicate = part(there);
        PartUploads uploads = uploads();
        assertThatThrownBy(() -> uploads.upload(first)).isSameAs(away);
        int puts = test.store().calls("put");

        assertThatThrownBy(() -> uploads.upload(second)).isSameAs(away);
        assertThatThrownBy(() -> uploads.upload(bad)).isInstanceOf(UnsupportedImageException.class);
        assertThat(uploads.upload(duplicate)).isEqualTo(new Upload(image, true));

        assertThat(test.store().calls("put")).isEqualTo(puts);
    }

    @Test
    void aRepositoryThatIsAwayIsAskedOnce() throws IOException {
        RepositoryUnavailableException away = new RepositoryUnavailableException("away");
        test.repository().always("findExisting", Faults.failBefore(away));
        Part<SpooledContent> first = part(Pictures.uniquePng());
        Part<SpooledContent> bad = part(Pictures.html());
        PartUploads uploads = uploads();

        assertThatThrownBy(() -> uploads.upload(first)).isSameAs(away);
        assertThatThrownBy(() -> uploads.upload(bad)).isInstanceOf(UnsupportedImageException.class);

        assertThat(test.repository().calls("findExisting")).isOne();
        assertThat(test.repository().calls("claim")).isZero();
    }

    @Test
    void aStoreThatIsFullMayHaveRoomForTheNextFile() throws IOException {
        test.store().next("put", Faults.failBefore(new StoreFullException("full", new IOException())));
        Part<SpooledContent> first = part(Pictures.uniquePng());
        Part<SpooledContent> second = part(Pictures.uniquePng());
        PartUploads uploads = uploads();

        assertThatThrownBy(() -> uploads.upload(first)).isInstanceOf(StoreFullException.class);
        assertThat(uploads.upload(second).duplicate()).isFalse();
    }

    @Test
    void whatWasRefusedBeforeIsToldAsItWas() {
        ApiException refusal = new ApiException(ApiError.BAD_REQUEST);
        Part<SpooledContent> part = new Part<>(0, "a.png", Optional.empty(), Optional.of(refusal));
        parts.add(part);

        assertThatThrownBy(() -> uploads().upload(part)).isSameAs(refusal);
    }

    private PartUploads uploads() {
        return PartUploads.of(test.host(), TestHost.ALICE, parts, Requester.PATIENT);
    }

    private Part<SpooledContent> part(byte[] picture) throws IOException {
        SpooledContent content = test.host().spool(new ByteArrayInputStream(picture));
        Part<SpooledContent> part = new Part<>(parts.size(), "cat.png", Optional.of(content), Optional.empty());
        parts.add(part);
        return part;
    }
}
