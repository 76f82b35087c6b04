package io.github.imagehost.rest.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.rest.testing.ServiceTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The load is made of requests that the service takes for what they are meant to be, and from whom they are to be. */
class HttpClientsTest extends ServiceTest {

    private static final int SIZE = 20 * 1024;
    private static final Pattern TOTAL = Pattern.compile("\"totalItems\":(\\d+)");

    private Target target;

    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "RATE_LIMIT_MAX", "0");
    }

    @BeforeAll
    void makeToken() {
        target = Target.ours(client().base(), Caller.withToken(service().part(AccessRepository.class)));
    }

    @ParameterizedTest
    @EnumSource
    void theServiceTakesThePicturesForNewOnesForDuplicatesAndForThoseToBeDeleted(PictureKind kind) throws Exception {
        Picture picture = kind.make(SIZE);
        UploadRequest single = UploadRequest.single(target, picture);
        UploadRequest several = UploadRequest.multiple(target, picture, 3);

        long before = images();
        try (ClosedLoop.Client uploading =
                HttpClients.uploadingNew(target, single).open()) {
            uploading.request();
            uploading.request();
        }
        try (ClosedLoop.Client uploading =
                HttpClients.uploadingNew(target, several).open()) {
            uploading.request();
        }
        assertThat(images()).isEqualTo(before + 5);

        HttpClients.upload(target, single);
        try (ClosedLoop.Client duplicating =
                HttpClients.uploadingTheSame(target, single).open()) {
            assertThat(duplicating.request()).isEqualTo(single.bytes().length);
        }
        try (ClosedLoop.Client announcing =
                HttpClients.uploadingByDigest(target, picture, Digest.sha256()).open()) {
            assertThat(announcing.request()).isLessThan(picture.bytes().length);
        }
        assertThat(images()).isEqualTo(before + 6);

        List<Long> ids = HttpClients.uploadNew(target, single, 2);
        try (ClosedLoop.Client deleting =
                HttpClients.deleting(target, new ArrayDeque<>(List.of(ids))).open()) {
            deleting.request();
        }
        assertThat(images()).isEqualTo(before + 6);
        try (ClosedLoop.Client getting = HttpClients.getting(target, List.of("/api/images/" + ids.get(0)))
                .open()) {
            assertThatThrownBy(getting::request).hasMessageContaining("404");
        }
    }

    @Test
    void whatIsFetchedIsThePicture() throws Exception {
        Picture picture = PictureKind.NOISE.make(SIZE / 2);
        String link = HttpClients.upload(target, UploadRequest.single(target, picture));

        assertThat(HttpClients.fetch(target, link)).isEqualTo(picture.bytes());
        try (ClosedLoop.Client fetching =
                HttpClients.fetching(target.base(), target.get(link + "x")).open()) {
            assertThatThrownBy(fetching::request).hasMessageContaining("404");
        }
    }

    private long images() throws Exception {
        String list = new String(HttpClients.fetch(target, "/api/images"), StandardCharsets.UTF_8);
        Matcher total = TOTAL.matcher(list);
        assertThat(total.find()).as(list).isTrue();
        return Long.parseLong(total.group(1));
    }
}
