package io.github.imagehost.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectLister.StoredObject;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.ObjectKeysContract;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.s3.testing.S3TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A store in a bucket that others use as well. Only the keys of objects know of a prefix, so nothing else is tested
 * again.
 */
class S3ImageStoreWithPrefixIT extends ObjectKeysContract {

    private static final List<String> FOREIGN = List.of(
            "0.png",
            "image",
            "images-of-others/a.png",
            "images/.hidden",
            "images/a b.png",
            "images/ü&<+%.png",
            "images/" + "x".repeat(201),
            "zzz.png");

    private final S3Settings settings = freshBucketWithPrefix();

    private static S3Settings freshBucketWithPrefix() {
        Map<String, String> values = S3TestServer.shared().freshBucket();
        values.put("S3_PREFIX", "images/");
        return S3Settings.from(Settings.of(values));
    }

    @Override
    protected ImageStore createStore() {
        try (S3Client client = S3TestServer.shared().client()) {
            FOREIGN.forEach(name -> put(client, name));
        }
        return S3ImageStore.create(settings);
    }

    @Test
    void keepsItsObjectsUnderThePrefix() {
        ObjectKey key = freshKey();
        store().put(key, TestContent.ofSize(10, 1));

        try (S3Client client = S3TestServer.shared().client()) {
            assertThat(client.headObject(head -> head.bucket(settings.bucket()).key("images/" + key))
                            .contentLength())
                    .isEqualTo(10);
        }
    }

    @Test
    void listsFullPagesOfItsOwnObjectsOnly() {
        List<ObjectKey> keys = Stream.of("-first.png", "b.png", "d/e.png", "z.png")
                .map(ObjectKey::new)
                .toList();
        keys.forEach(key -> store().put(key, TestContent.ofSize(10, 1)));
        ImageStore lister = store();

        assertThat(lister.list(Optional.empty(), 3))
                .extracting(StoredObject::key)
                .isEqualTo(keys.subList(0, 3));
        assertThat(lister.list(Optional.of(keys.get(0)), 1000))
                .extracting(StoredObject::key)
                .isEqualTo(keys.subList(1, 4));
        assertThat(lister.list(Optional.of(new ObjectKey("aa")), 2))
                .extracting(StoredObject::key)
                .isEqualTo(keys.subList(1, 3));
    }

    @Test
    void aWalkTellsEachForeignNameOnce() {
        Stream.of("-first.png", "b.png", "d/e.png", "z.png")
                .map(ObjectKey::new)
                .forEach(key -> store().put(key, TestContent.ofSize(10, 1)));

        for (int limit = 1; limit <= 5; limit++) {
            List<String> told = new ArrayList<>();
            Optional<ObjectKey> after = Optional.empty();
            List<StoredObject> page;
            do {
                page = store().list(after, limit, told::add);
                after = page.isEmpty()
                        ? after
                        : Optional.of(page.get(page.size() - 1).key());
            } while (page.size() == limit);
            assertThat(told)
                    .as("with a limit of %d", limit)
                    .containsExactlyInAnyOrderElementsOf(FOREIGN.stream()
                            .filter(name -> name.startsWith("images/"))
                            .toList());
        }
    }

    @Test
    void touchesNothingOfOthers() {
        store().put(new ObjectKey("a.png"), TestContent.ofSize(10, 1));
        store().delete(List.of(new ObjectKey("a.png"), new ObjectKey("0.png"), new ObjectKey("zzz.png")));

        try (S3Client client = S3TestServer.shared().client()) {
            assertThat(client.listObjectsV2(list -> list.bucket(settings.bucket()))
                            .contents())
                    .extracting(object -> object.key())
                    .containsExactlyInAnyOrderElementsOf(FOREIGN);
        }
    }

    private void put(S3Client client, String name) {
        client.putObject(put -> put.bucket(settings.bucket()).key(name), RequestBody.fromString("foreign"));
    }
}
