package io.github.imagehost.mysql.album;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.album.ImageFiling;
import io.github.imagehost.core.model.album.TagChange;
import io.github.imagehost.core.model.album.TagCount;
import io.github.imagehost.core.port.album.TagLedger;
import io.github.imagehost.core.port.album.TooManyTagsException;
import io.github.imagehost.mysql.row.album.AlbumRows;
import io.github.imagehost.mysql.row.album.FiledImageRow;
import io.github.imagehost.mysql.row.album.ImagePlacementRow;
import io.github.imagehost.mysql.row.album.TagRow;
import io.github.imagehost.mysql.transaction.Chunks;
import io.github.imagehost.mysql.transaction.Statements;
import io.github.imagehost.mysql.transaction.Transactions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which tags images have, as {@link TagLedger} says. */
final class Tags implements TagLedger {

    private final Transactions transactions;

    Tags(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The images that get a tag, and those that lose it. */
    private record Difference(List<FiledImageRow> gaining, List<Long> losing) {

        Difference() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    @Override
    public Set<Long> changeTags(OwnerId owner, Collection<Long> images, TagChange change) {
        String operation = "change tags of images of owner " + owner.value();
        return transactions.untilDecided(
                operation,
                () -> Optional.of(transactions.write(operation, on -> {
                    Map<Long, FiledImageRow> found = AlbumImages.lockImages(on, owner, images);
                    differences(on, owner, found, change)
                            .forEach((tag, difference) -> apply(on, owner, tag, difference));
                    return found.keySet();
                })));
    }

    /** In the order in which everybody counts them. */
    private static SortedMap<Tag, Difference> differences(
            Statements on, OwnerId owner, Map<Long, FiledImageRow> images, TagChange change) {
        Map<Long, SortedSet<Tag>> before = tagsOf(on, owner, images.keySet());
        SortedMap<Tag, Difference> differences = new TreeMap<>();
        images.forEach((id, image) -> {
            SortedSet<Tag> old = before.getOrDefault(id, Collections.emptySortedSet());
            SortedSet<Tag> after = change.appliedTo(old);
            if (after.size() > Tag.MOST_OF_AN_IMAGE) {
                throw new TooManyTagsException(id);
            }
            after.stream()
                    .filter(tag -> !old.contains(tag))
                    .forEach(tag -> difference(differences, tag).gaining().add(image));
            old.stream()
                    .filter(tag -> !after.contains(tag))
                    .forEach(tag -> difference(differences, tag).losing().add(id));
        });
        return differences;
    }

    private static Difference difference(SortedMap<Tag, Difference> differences, Tag tag) {
        return differences.computeIfAbsent(tag, key -> new Difference());
    }

    private static void apply(Statements on, OwnerId owner, Tag tag, Difference difference) {
        long id = lock(on, owner, AlbumRows.toFoldedName(tag));
        Chunks.of(difference.gaining()).forEach(some -> on.tags().insertImages(id, some));
        Chunks.ofSorted(difference.losing()).forEach(ids -> on.tags().deleteImages(id, ids));
        on.tags().count(id, difference.gaining().size() - difference.losing().size());
        on.tags().deleteUnused(id);
    }

    /** The id of the row of this tag, which is there until the end of the transaction. */
    private static long lock(Statements on, OwnerId owner, byte[] foldedName) {
        Optional<TagRow> row = Optional.empty();
        while (row.isEmpty()) {
            // H2 neither inserts nor updates if the row was there at first, but is deleted when it has waited for it
            on.tags().insertOrLock(owner.value(), foldedName);
            row = on.tags().selectByName(owner.value(), foldedName);
        }
        return row.get().id();
    }

    private static Map<Long, SortedSet<Tag>> tagsOf(Statements on, OwnerId owner, Collection<Long> images) {
        Map<Long, SortedSet<Tag>> tags = new HashMap<>();
        for (List<Long> ids : Chunks.ofSorted(images)) {
            on.tags()
                    .selectTagsOf(owner.value(), ids)
                    .forEach(row -> tags.computeIfAbsent(row.imageId(), image -> new TreeSet<>())
                            .add(AlbumRows.toTag(row.foldedName())));
        }
        return tags;
    }

    @Override
    public List<TagCount> tags(OwnerId owner, Optional<Tag> after, int limit) {
        if (limit < 1 || limit > MOST_TAGS) {
            throw new IllegalArgumentException("A listing has a limit from 1 to " + MOST_TAGS + ", not " + limit);
        }
        byte[] last = after.map(AlbumRows::toFoldedName).orElseGet(() -> new byte[0]);
        return transactions.read(
                "list tags of owner " + owner.value(),
                on -> on.tags().selectOfOwner(owner.value(), last, limit).stream()
                        .map(row -> new TagCount(AlbumRows.toTag(row.foldedName()), row.images()))
                        .toList());
    }

    @Override
    public Map<Long, ImageFiling> filings(OwnerId owner, Collection<Long> images) {
        return transactions.read("find albums and tags of images", on -> {
            Map<Long, List<ImagePlacementRow>> placements = Chunks.ofSorted(images).stream()
                    .flatMap(ids -> on.albums().selectPlacements(owner.value(), ids).stream())
                    .collect(Collectors.groupingBy(ImagePlacementRow::imageId));
            Map<Long, ImageFiling> filings = new HashMap<>();
            placements.forEach((id, rows) -> filings.put(id, AlbumRows.toFiling(rows)));
            return filings;
        });
    }
}
