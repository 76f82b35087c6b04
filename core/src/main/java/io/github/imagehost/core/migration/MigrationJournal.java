package io.github.imagehost.core.migration;

import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.repository.administration.BlobCatalog;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.repository.administration.BlobEntry.State;
import io.github.imagehost.core.port.store.ContentInMemory;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.walk.KeyOrderWalk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers in the target of a migration which objects are copies of ours. So copies that are not needed any more are
 * told from what others keep there, also after a kill and from another machine. For one thread.
 */
final class MigrationJournal {

    /** Its pages lie below it, where no blob does. */
    private static final String FOLDER = "migration-journal/";

    private static final int NAME_BYTES = 16;
    private static final char SEPARATOR = '\n';
    private static final Splitter LINES = Splitter.on(SEPARATOR).omitEmptyStrings();

    private final ImageStore target;
    private final BlobCatalog catalog;
    private final SecureRandom random = new SecureRandom();

    MigrationJournal(ImageStore target, BlobCatalog catalog) {
        this.target = target;
        this.catalog = catalog;
    }

    /** Whether the object is a page of a journal. */
    static boolean holds(ObjectKey key) {
        return key.value().startsWith(FOLDER);
    }

    /**
     * Writes a page: the objects under these keys are copies of ours. To be called before they are copied.
     *
     * @param keys in ascending order
     */
    void note(List<ObjectKey> keys) {
        if (!keys.isEmpty()) {
            put(keys);
        }
    }

    /** Whether what is written to the target turns up in the other store, because it is the same. */
    boolean turnsUpIn(ImageStore other) {
        ObjectKey probe = put(List.of());
        try {
            return other.size(probe).isPresent();
        } finally {
            delete(List.of(probe));
        }
    }

    private ObjectKey put(List<ObjectKey> keys) {
        byte[] name = new byte[NAME_BYTES];
        // whoever could guess it in a public bucket would learn keys that nobody can guess
        random.nextBytes(name);
        ObjectKey page = new ObjectKey(FOLDER + HexFormat.of().formatHex(name));
        target.put(page, page(keys));
        return page;
    }

    /** All pages that there are. */
    List<ObjectKey> pages() {
        List<ObjectKey> pages = new ArrayList<>();
        ObjectKey before = new ObjectKey(FOLDER.substring(0, FOLDER.length() - 1));
        var objects = KeyOrderWalk.objects(target, Optional.of(before));
        boolean passed = false;
        while (!passed && objects.hasNext()) {
            ObjectKey key = objects.next().key();
            if (holds(key)) {
                pages.add(key);
            }
            passed = key.value().compareTo(FOLDER) > 0 && !holds(key);
        }
        return pages;
    }

    /**
     * Deletes the copies that these pages name and are not needed any more, and then the pages. Since keys are never
     * used twice, they will not be needed again, even if images are uploaded meanwhile.
     *
     * @return how many copies are deleted
     */
    long release(List<ObjectKey> pages) {
        long deleted = 0;
        for (ObjectKey page : pages) {
            List<ObjectKey> unneeded = unneeded(read(page));
            delete(unneeded);
            delete(List.of(page));
            deleted += unneeded.size();
        }
        return deleted;
    }

    private List<ObjectKey> unneeded(List<ObjectKey> keys) {
        Set<ObjectKey> needed = neededFrom(keys.get(0), keys.get(keys.size() - 1));
        return keys.stream()
                .filter(key -> !needed.contains(key))
                .filter(key -> target.size(key).isPresent())
                .toList();
    }

    private Set<ObjectKey> neededFrom(ObjectKey first, ObjectKey last) {
        Set<ObjectKey> needed = new HashSet<>();
        catalog.blobAt(first).filter(MigrationJournal::isNeeded).ifPresent(blob -> needed.add(blob.objectKey()));
        Iterator<BlobEntry> following = KeyOrderWalk.blobs(catalog, Optional.of(first));
        boolean passed = false;
        while (!passed && following.hasNext()) {
            BlobEntry blob = following.next();
            passed = blob.objectKey().compareTo(last) > 0;
            if (!passed && isNeeded(blob)) {
                needed.add(blob.objectKey());
            }
        }
        return needed;
    }

    private static boolean isNeeded(BlobEntry blob) {
        return blob.state() != State.CONDEMNED;
    }

    private List<ObjectKey> read(ObjectKey page) {
        try (InputStream in = target.open(page)) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return LINES.splitToStream(text).map(ObjectKey::new).toList();
        } catch (IOException e) {
            throw new StoreUnavailableException("Can't read " + page, e);
        }
    }

    private void delete(List<ObjectKey> keys) {
        target.delete(keys).entrySet().stream().findFirst().ifPresent(failure -> {
            throw new StoreException("The target did not delete " + failure.getKey() + ": " + failure.getValue());
        });
    }

    /** Keys as lines, of which there is one at least, so that no page is empty. */
    private static ObjectContent page(List<ObjectKey> keys) {
        String text = Joiner.on(SEPARATOR).join(keys) + SEPARATOR;
        return new ContentInMemory(text.getBytes(StandardCharsets.US_ASCII), "text/plain");
    }
}
