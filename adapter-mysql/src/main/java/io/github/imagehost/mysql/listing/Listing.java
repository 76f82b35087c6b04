package io.github.imagehost.mysql.listing;

import static io.github.imagehost.core.model.query.ImagePage.EXACT_TOTAL;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.query.ImageFilter;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SearchText;
import io.github.imagehost.core.model.query.SortField;
import io.github.imagehost.mysql.row.album.AlbumRows;
import io.github.imagehost.mysql.row.listing.FilterSelection;
import io.github.imagehost.mysql.row.listing.ListIndex;
import io.github.imagehost.mysql.row.listing.Membership;
import io.github.imagehost.mysql.row.listing.PageSelection;
import io.github.imagehost.mysql.row.listing.RangeRow;
import io.github.imagehost.mysql.transaction.Statements;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Answers one query for a page of a list, in one transaction that sees the tables as they were at one moment. */
public final class Listing {

    private final Statements on;
    private final ImageQuery query;
    private final Paging paging;
    private final long owner;
    private final FilterSelection filter;
    private final List<RangeRow> ranges;
    private final long images;

    private Listing(Statements on, ImageQuery query, FilterSelection filter, List<RangeRow> ranges) {
        this.on = on;
        this.query = query;
        this.paging = new Paging(query);
        this.owner = query.owner().value();
        this.filter = filter;
        this.ranges = ranges;
        this.images = ranges.stream().mapToLong(RangeRow::images).sum();
    }

    /** The page, as the tables are in this transaction. */
    public static ImagePage of(Statements on, ImageQuery query) {
        long owner = query.owner().value();
        List<RangeRow> ranges = on.ranges().selectRanges(owner);
        SearchText text = query.filter().text();
        List<Long> named = text.isEmpty() ? List.of() : named(on, owner, text);
        Optional<List<Membership>> memberships = memberships(on, owner, query.filter());
        return memberships
                .map(known -> new Listing(on, query, FilterSelection.of(query.filter(), named, known), ranges).page())
                .orElseGet(() -> Paging.nothing(0));
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
        Optional<Membership> group = filter.smallestMembership();
        if (group.isPresent()) {
            return new MemberListing(on, query, group.get(), filter, ranges).page();
        }
        Optional<ListIndex> narrow = NarrowIndex.of(on, owner, filter, EXACT_TOTAL);
        if (narrow.isPresent()) {
            return counted(narrow.get());
        }
        return filter.needle() == null ? filtered() : searched();
    }

    private ImagePage everything() {
        if (query.cursor().isPresent()) {
            return paging.answer(inOrder(ListIndex.of(query.field())), images, false);
        }
        if (query.offset() >= images) {
            return Paging.nothing(images);
        }
        PageSelection shortest = Shortcut.to(query, ranges);
        List<Image> found = Paging.images(on.images().selectPage(owner, filter, shortest, ListIndex.of(query.field())));
        if (shortest.descending() != paging.isDescending()) {
            found = new ArrayList<>(found);
            Collections.reverse(found);
        }
        return paging.answer(found, images, false);
    }

    /** Looks at all images that this index finds; at those that the database thinks best, without one. */
    private ImagePage counted(@Nullable ListIndex index) {
        long total = on.images().countUpTo(owner, filter, index, EXACT_TOTAL + 1L);
        return paging.isBehindTheEnd(total) ? Paging.nothing(total) : paging.answer(inOrder(index), total, false);
    }

    private ImagePage filtered() {
        Sample sample = Sample.of(on, owner, filter, ranges);
        boolean isFew = filter.isSeveral()
                && !sample.isSurelyMany()
                && on.images().countUpTo(owner, filter, null, EXACT_TOTAL + 1L) <= EXACT_TOTAL;
        return isFew ? counted(null) : many(sample.estimate());
    }

    private ImagePage searched() {
        NameSearch.Found found = NameSearch.find(on, query, filter, ranges);
        return found.estimate().isPresent() ? many(found.estimate().getAsLong()) : paging.few(on, found.keys());
    }

    /** There are so many that a page is soon found in the order of the list. */
    private ImagePage many(long estimate) {
        return paging.isBehindTheEnd(images) ? Paging.nothing(estimate) : paging.answer(inListOrder(), estimate, true);
    }

    /** By whichever index has the fewest other images in that order. */
    private List<Image> inListOrder() {
        boolean isByTime = query.field() == SortField.UPLOAD_TIME;
        return inOrder(
                isByTime && filter.asks(ListIndex.VISIBILITY) ? ListIndex.VISIBILITY : ListIndex.of(query.field()));
    }

    private List<Image> inOrder(@Nullable ListIndex index) {
        return Paging.images(on.images().selectPage(owner, filter, paging.selection(), index));
    }
}
