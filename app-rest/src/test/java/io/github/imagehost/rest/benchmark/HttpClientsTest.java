package io.github.imagehost.rest.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.rest.testing.ServiceTest;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The load is made of requests that the service takes for what they are meant to be. */
class HttpClientsTest extends ServiceTest {

    private static final int SIZE = 20 * 1024;

    @ParameterizedTest
    @EnumSource
    void theServiceTakesThePicturesForNewOnesForDuplicatesAndForThoseToBeDeleted(PictureKind kind) throws Exception {
        URI base = client().base();
        UploadRequest single = UploadRequest.single(base, kind.make(SIZE));
        UploadRequest several = UploadRequest.multiple(base, kind.make(SIZE), 3);

        long before = images();
        try (ClosedLoop.Client uploading =
                HttpClients.uploadingNew(Target.ours(base), single).open()) {
            uploading.request();
            uploading.request();
        }
        try (ClosedLoop.Client uploading =
                HttpClients.uploadingNew(Target.ours(base), several).open()) {
            uploading.request();
        }
        assertThat(images()).isEqualTo(before + 5);

        long id = HttpClients.upload(base, single);
        try (ClosedLoop.Client duplicating =
                HttpClients.uploadingTheSame(base, single, "\"duplicate\":true").open()) {
            assertThat(duplicating.request()).isEqualTo(single.bytes().length);
        }
        assertThat(images()).isEqualTo(before + 6);

        try (ClosedLoop.Client deleting = HttpClients.deleting(base, new ArrayDeque<>(List.of(List.of(id))))
                .open()) {
            deleting.request();
        }
        assertThat(images()).isEqualTo(before + 5);
        try (ClosedLoop.Client getting =
                HttpClients.getting(base, List.of("/api/images/" + id)).open()) {
            assertThatThrownBy(getting::request).hasMessageContaining("404");
        }
    }

    private long images() throws Exception {
        return client().get("/api/images").data().at("/pagination/totalItems").asLong();
    }
}
