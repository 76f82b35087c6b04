package io.github.imagehost.mysql.listing;

import static io.github.imagehost.core.model.ImagePage.EXACT_TOTAL;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageCursor;
import io.github.imagehost.core.model.ImageFilter;
import io.github.imagehost.core.model.ImagePage;
import io.github.imagehost.core.model.ImageQuery;
import io.github.imagehost.core.model.SearchText;
import io.github.imagehost.core.model.SortDirection;
import io.github.imagehost.core.model.SortField;
import io.github.imagehost.mysql.row.AlbumRows;
import io.github.imagehost.mysql.row.FilterSelection;
import io.github.imagehost.mysql.row.ImageRow;
import io.github.imagehost.mysql.row.ImageRows;
import io.github.imagehost.mysql.row.KeyRow;
import io.github.imagehost.mysql.row.ListIndex;
import io.github.imagehost.mysql.row.Membership;
import io.github.imagehost.mysql.row.PageSelection;
import io.github.imagehost.mysql.row.RangeRow;
import io.github.imagehost.mysql.transaction.Statements;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers one query for a page of a list, in one transaction that sees the tables as they were at one moment. */
public final class Listing {

    private final Statements on;
    private final ImageQuery query;
    private final long owner;
    private final FilterSelection filter;
    private final List<RangeRow> ranges;
    private final long images;
    private final Optional<Membership> members;

    private Listing(Statements on, ImageQuery query, FilterSelection filter, List<RangeRow> ranges) {
        this.on = on;
        this.query = query;
        this.owner = query.owner().value();
        this.filter = filter;
        this.ranges = ranges;
        this.images = ranges.stream().mapToLong(RangeRow::images).sum();
        this.members = filter.smallestMembership();
    }

    /** The page, as the tables are in this transaction. */
    public static ImagePage of(Statements on, ImageQuery query) {
        long owner = query.owner().value();
        List<RangeRow> ranges = on.ranges().selectRanges(owner);
        SearchText text = query.filter().text();
        List<Long> named = text.isEmpty() ? List.of() : named(on, owner, text);
        Optional<List<Membership>> memberships = memberships(on, owner, query.filter());
        return memberships
                .map(known -> new Listing(on, query, ImageRows.toFilterSelection(query.filter(), named, known), ranges)
                        .page())
                .orElseGet(() -> nothing(0));
    }

    /** Empty if there is no image, since the owner has no such album or tag. */
    private static Optional<List<Membership>> memberships(Statements on, long owner, ImageFilter filter) {
        List<Optional<Membership>> wanted = new ArrayList<>();
        filter.album()
                .ifPresent(id -> wanted.add(on.albums()
                        .selectOwned(owner, id)
                        .map(album -> new Membership(true, album.id(), album.images()))));
        filter.tag()
                .ifPresent(tag -> wanted.add(on.tags()
                        .selectByName(owner, AlbumRows.toFoldedName(tag))
                        .map(row -> new Membership(false, row.id(), row.images()))));
        return wanted.stream().allMatch(Optional::isPresent)
                ? Optional.of(wanted.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }

    private static List<Long> named(Statements on, long owner, SearchText text) {
        TreeSet<Long> ids = new TreeSet<>();
        text.linkName().ifPresent(name -> ids.addAll(on.images().selectIdsByLink(owner, name)));
        text.digest()
                .flatMap(digest -> on.blobs().selectLive(digest, owner))
                .flatMap(row -> Optional.ofNullable(row.imageId()))
                .ifPresent(ids::add);
        return List.copyOf(ids);
    }

    private ImagePage page() {
        if (filter.isAll()) {
            return everything();
        }
        if (filter.isExact()) {
            return counted(null);
        }
        if (members.filter(group -> filter.without(group).isAll() || group.images() <= EXACT_TOTAL)
                .isPresent()) {
            return among(members.get());
        }
        Optional<ListIndex> narrow = narrowIndex();
        if (narrow.isPresent()) {
            return counted(narrow.get());
        }
        return filter.needle() == null ? filtered() : searched();
    }

    private ImagePage everything() {
        if (query.cursor().isPresent()) {
            return answer(inOrder(ListIndex.of(query.field())), images, false);
        }
        if (query.offset() >= images) {
            return nothing(images);
        }
        PageSelection shortest = Shortcut.to(query, ranges);
        List<Image> found = images(on.images().selectPage(owner, filter, shortest, ListIndex.of(query.field())));
        if (shortest.descending() != isDescending()) {
            found = new ArrayList<>(found);
            Collections.reverse(found);
        }
        return answer(found, images, false);
    }

    /** The index by which at most a few images have to be looked at, if a condition is that narrow. */
    private Optional<ListIndex> narrowIndex() {
        if (filter.hasTime() && isFew(filter.timeOnly(), ListIndex.UPLOAD_TIME)) {
            return Optional.of(ListIndex.UPLOAD_TIME);
        }
        if (filter.hasSize() && isFew(filter.sizeOnly(), ListIndex.FILE_SIZE)) {
            return Optional.of(ListIndex.FILE_SIZE);
        }
        if (filter.hasType() && isFew(filter.typeOnly(), ListIndex.MIME_TYPE)) {
            return Optional.of(ListIndex.MIME_TYPE);
        }
        if (filter.hasVisibility() && isFew(filter.visibilityOnly(), ListIndex.VISIBILITY)) {
            return Optional.of(ListIndex.VISIBILITY);
        }
        return Optional.empty();
    }

    private boolean isFew(FilterSelection condition, @Nullable ListIndex index) {
        return on.images().countUpTo(owner, condition, index, EXACT_TOTAL + 1L) <= EXACT_TOTAL;
    }

    /** Looks at all images that this index finds; at those that the database thinks best, without one. */
    private ImagePage counted(@Nullable ListIndex index) {
        long total = on.images().countUpTo(owner, filter, index, EXACT_TOTAL + 1L);
        return isBehindTheEnd(total) ? nothing(total) : answer(inOrder(index), total, false);
    }

    /** Looks at all images of an album or a tag; or only at as many as a page has, if nothing else is asked of them. */
    private ImagePage among(Membership group) {
        FilterSelection rest = filter.without(group);
        long total = rest.isAll() ? group.images() : on.memberships().countUpTo(group, rest, EXACT_TOTAL + 1L);
        if (isBehindTheEnd(total)) {
            return nothing(total);
        }
        return answer(total <= EXACT_TOTAL ? membersInOrder(group) : inListOrder(), total, false);
    }

    private ImagePage filtered() {
        Sample sample = Sample.of(on, owner, filter, ranges);
        if (!filter.isSeveral() || sample.isSurelyMany()) {
            return many(sample.estimate());
        }
        if (members.isEmpty()) {
            return isFew(filter, null) ? counted(null) : many(sample.estimate());
        }
        long total = on.memberships().countUpTo(members.get(), filter.without(members.get()), EXACT_TOTAL + 1L);
        return total <= EXACT_TOTAL ? among(members.get()) : many(sample.estimate());
    }

    private ImagePage searched() {
        NameSearch.Found found = NameSearch.find(on, query, filter, ranges);
        return found.estimate().isPresent() ? many(found.estimate().getAsLong()) : few(found.keys());
    }

    /** There are so many that a page is soon found in the order of the list. */
    private ImagePage many(long estimate) {
        return isBehindTheEnd(images) ? nothing(estimate) : answer(inListOrder(), estimate, true);
    }

    private ImagePage few(List<KeyRow> keys) {
        List<KeyRow> sorted = new ArrayList<>(keys);
        sorted.sort(isDescending() ? KeyRow.ORDER.reversed() : KeyRow.ORDER);
        long before = query.cursor()
                .map(cursor -> KeyRow.of(cursor.id(), ImageRows.toColumnValue(cursor)))
                .map(last -> sorted.stream()
                        .filter(key ->
                                (isDescending() ? KeyRow.ORDER.reversed() : KeyRow.ORDER).compare(key, last) <= 0)
                        .count())
                .orElse(query.offset());
        List<Long> ids = sorted.stream()
                .skip(before)
                .limit(query.limit() + 1L)
                .map(KeyRow::id)
                .toList();
        if (ids.isEmpty()) {
            return nothing(keys.size());
        }
        Map<Long, Image> found =
                images(on.images().selectByIds(ids)).stream().collect(Collectors.toMap(Image::id, Function.identity()));
        return answer(ids.stream().map(found::get).toList(), keys.size(), false);
    }

    private boolean isBehindTheEnd(long total) {
        return query.cursor().isEmpty() && query.offset() >= total;
    }

    private boolean isDescending() {
        return query.direction() == SortDirection.DESCENDING;
    }

    /** Page by page in the order of the list, by whichever index has the fewest other images in that order. */
    private List<Image> inListOrder() {
        boolean isByTime = query.field() == SortField.UPLOAD_TIME;
        if (members.isPresent() && (isByTime || query.field() == SortField.ID)) {
            return membersInOrder(members.get());
        }
        return inOrder(isByTime && filter.hasVisibility() ? ListIndex.VISIBILITY : ListIndex.of(query.field()));
    }

    private List<Image> membersInOrder(Membership group) {
        FilterSelection rest = filter.without(group);
        boolean isInMembership = query.field() == SortField.UPLOAD_TIME || query.field() == SortField.ID;
        return images(on.memberships().selectPage(group, rest, selection(), !rest.isAll() || !isInMembership));
    }

    private List<Image> inOrder(@Nullable ListIndex index) {
        return images(on.images().selectPage(owner, filter, selection(), index));
    }

    private PageSelection selection() {
        ImageCursor cursor = query.cursor().orElse(null);
        return new PageSelection(
                query.field(),
                isDescending(),
                null,
                cursor == null ? null : ImageRows.toColumnValue(cursor),
                cursor == null ? 0 : cursor.id(),
                query.limit() + 1,
                cursor == null ? query.offset() : 0);
    }

    private static List<Image> images(List<ImageRow> rows) {
        return rows.stream().map(ImageRows::toImage).toList();
    }

    private static ImagePage nothing(long total) {
        return new ImagePage(List.of(), total, false, Optional.empty());
    }

    /** @param found the page and one image more, if there is one */
    private ImagePage answer(List<Image> found, long total, boolean isEstimate) {
        if (found.size() <= query.limit()) {
            return new ImagePage(found, total, isEstimate, Optional.empty());
        }
        List<Image> page = found.subList(0, query.limit());
        return new ImagePage(page, total, isEstimate, Optional.of(query.cursorAfter(page.get(page.size() - 1))));
    }
}
