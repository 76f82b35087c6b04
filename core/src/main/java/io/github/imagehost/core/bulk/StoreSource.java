package io.github.imagehost.core.bulk;

import io.github.imagehost.core.fsck.Quarantine;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ObjectLister;
import io.github.imagehost.core.port.store.ObjectLister.StoredObject;
import io.github.imagehost.core.source.AdoptableItem;
import io.github.imagehost.core.source.BulkSource;
import io.github.imagehost.core.variant.Variants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All objects in a store, but for those that are derived from others or were put aside, and those without bytes that
 * stand for folders. Objects whose names are no {@link ObjectKey} are among them, without a key.
 */
public final class StoreSource implements BulkSource<AdoptableItem> {

    private final ObjectLister store;

    /** @param store the store */
    public StoreSource(ObjectLister store) {
        this.store = store;
    }

    @Override
    public Iterator<AdoptableItem> items() {
        return new ObjectIterator();
    }

    private final class ObjectIterator implements Iterator<AdoptableItem> {

        private Iterator<AdoptableItem> page = Collections.emptyIterator();
        private Optional<ObjectKey> after = Optional.empty();
        private boolean more = true;

        @Override
        public boolean hasNext() {
            while (!page.hasNext() && more) {
                List<String> foreignNames = new ArrayList<>();
                List<StoredObject> objects = store.list(after, ObjectLister.MAX_LIMIT, foreignNames::add);
                more = objects.size() == ObjectLister.MAX_LIMIT;
                after = more ? Optional.of(objects.get(objects.size() - 1).key()) : after;
                page = Stream.concat(
                                objects.stream()
                                        .filter(object -> isOrdinary(object.key()))
                                        .map(StoreItem::new),
                                foreignNames.stream()
                                        .filter(name -> !name.endsWith("/"))
                                        .map(ForeignItem::new))
                        .<AdoptableItem>map(item -> item)
                        .iterator();
            }
            return page.hasNext();
        }

        @Override
        public AdoptableItem next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.next();
        }
    }

    private static boolean isOrdinary(ObjectKey key) {
        return !key.value().startsWith(Variants.PREFIX) && !Quarantine.holds(key);
    }

    private record StoreItem(StoredObject object) implements AdoptableItem {

        @Override
        public String name() {
            return object.key().value();
        }

        @Override
        public String version() {
            return object.size() + " " + object.lastModified();
        }

        @Override
        public long size() {
            return object.size();
        }

        @Override
        public Optional<Long> id() {
            return Optional.empty();
        }

        @Override
        public List<ObjectKey> keys() {
            return List.of(object.key());
        }

        /** The key, so that links that were made from it lead somewhere. */
        @Override
        public Optional<String> filename() {
            return Optional.of(name()).filter(name -> name.indexOf('/') < 0);
        }

        @Override
        public String originalName() {
            return name();
        }

        @Override
        public Instant uploadedAt() {
            return object.lastModified();
        }

        @Override
        public Instant updatedAt() {
            return object.lastModified();
        }

        @Override
        public Optional<Long> knownSize() {
            return Optional.empty();
        }

        @Override
        public Optional<Digest> knownDigest() {
            return Optional.empty();
        }
    }

    /** An object whose name is no {@link ObjectKey}: it can't be opened, only its name is known. */
    private record ForeignItem(String name) implements AdoptableItem {

        @Override
        public String version() {
            return "";
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public Optional<Long> id() {
            return Optional.empty();
        }

        @Override
        public List<ObjectKey> keys() {
            return List.of();
        }

        @Override
        public Optional<String> filename() {
            return Optional.empty();
        }

        @Override
        public String originalName() {
            return name;
        }

        @Override
        public Instant uploadedAt() {
            return Instant.EPOCH;
        }

        @Override
        public Instant updatedAt() {
            return Instant.EPOCH;
        }

        @Override
        public Optional<Long> knownSize() {
            return Optional.empty();
        }

        @Override
        public Optional<Digest> knownDigest() {
            return Optional.empty();
        }
    }
}
