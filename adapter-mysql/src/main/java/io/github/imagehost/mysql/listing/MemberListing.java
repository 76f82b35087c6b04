package io.github.imagehost.mysql.listing;

import static io.github.imagehost.core.model.query.ImagePage.EXACT_TOTAL;
import static io.github.imagehost.core.model.query.ImagePage.EXACT_TOTAL_OF_ALBUM;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SortField;
import io.github.imagehost.mysql.row.listing.FilterSelection;
import io.github.imagehost.mysql.row.listing.KeyRow;
import io.github.imagehost.mysql.row.listing.ListEnd;
import io.github.imagehost.mysql.row.listing.ListIndex;
import io.github.imagehost.mysql.row.listing.Membership;
import io.github.imagehost.mysql.row.listing.RangeRow;
import io.github.imagehost.mysql.transaction.Statements;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Answers one query for a page of what is in an album or has a tag, as {@link Listing} does for all others: by reading
 * all of that and sorting it, or by walking through the list of all images, whichever needs fewer rows.
 */
final class MemberListing {

    /**
     * An image that is read to be sorted costs as much as so many others of which it is asked whether they are there.
     */
    private static final int SORTING = 2;

    /**
     * How much further than expected a walk goes. If the page is not full then, its images are not where others are.
     */
    private static final int MARGIN = 2;

    private final Statements on;
    private final ImageQuery query;
    private final Paging paging;
    private final long owner;
    private final Membership group;
    private final FilterSelection filter;
    private final FilterSelection rest;
    private final List<RangeRow> ranges;
    private final long images;

    /**
     * @param group where the fewest images are of all that the filter asks for
     * @param ranges all images
     */
    MemberListing(Statements on, ImageQuery query, Membership group, FilterSelection filter, List<RangeRow> ranges) {
        this.on = on;
        this.query = query;
        this.paging = new Paging(query);
        this.owner = query.owner().value();
        this.group = group;
        this.filter = filter;
        this.rest = filter.without(group);
        this.ranges = ranges;
        this.images = ranges.stream().mapToLong(RangeRow::images).sum();
    }

    ImagePage page() {
        if (rest.isAll()) {
            return answer(group.images(), false);
        }
        if (group.images() <= EXACT_TOTAL_OF_ALBUM) {
            return counted();
        }
        if (rest.needle() != null && group.images() > EXACT_TOTAL) {
            return searched();
        }
        OptionalLong many = estimateOfMany();
        if (many.isPresent()) {
            return answer(many.getAsLong(), true);
        }
        return rest.needle() == null ? filtered() : searchedAmongMembers();
    }

    private OptionalLong estimateOfMany() {
        MemberSample sample = MemberSample.of(on, group, rest);
        return sample.isSurelyMoreThan(EXACT_TOTAL_OF_ALBUM)
                ? OptionalLong.of(sample.estimateAbove(EXACT_TOTAL_OF_ALBUM))
                : OptionalLong.empty();
    }

    private ImagePage filtered() {
        Optional<ListIndex> narrow = NarrowIndex.of(on, owner, rest, Math.min(group.images(), EXACT_TOTAL));
        if (narrow.isEmpty()) {
            return counted();
        }
        long total = on.images().countUpTo(owner, filter, narrow.get(), EXACT_TOTAL + 1L);
        return paging.isBehindTheEnd(total)
                ? Paging.nothing(total)
                : paging.answer(
                        Paging.images(on.images().selectPage(owner, filter, paging.selection(), narrow.get())),
                        total,
                        false);
    }

    private ImagePage searchedAmongMembers() {
        List<Long> members = on.memberships().selectIds(group);
        return paging.few(on, NameSearch.findAmong(on, query, filter, ranges, members));
    }

    /** What is rare is found without a sample, by the index of names. */
    private ImagePage searched() {
        NameSearch.Found found = NameSearch.find(on, query, filter, ranges, this::estimateOfMany);
        return found.estimate().isPresent() ? answer(found.estimate().getAsLong(), true) : paging.few(on, found.keys());
    }

    private ImagePage counted() {
        long total = on.memberships().countUpTo(group, rest, !rest.isOnlyMembership(), EXACT_TOTAL + 1L);
        return total <= EXACT_TOTAL
                ? answer(total, false)
                : answer(MemberSample.of(on, group, rest).estimateAbove(EXACT_TOTAL), true);
    }

    private ImagePage answer(long total, boolean isEstimate) {
        return paging.isBehindTheEnd(isEstimate ? group.images() : total)
                ? Paging.nothing(total)
                : paging.answer(inListOrder(total), total, isEstimate);
    }

    private List<Image> inListOrder(long total) {
        boolean isInOrder = query.field() == SortField.UPLOAD_TIME || query.field() == SortField.ID;
        return isInOrder ? members(!rest.isOnlyMembership()) : walkedOrSorted(total);
    }

    private List<Image> walkedOrSorted(long total) {
        long sorting = SORTING * group.images();
        long walking = images * paging.length() / Math.max(1, total);
        if (walking > sorting) {
            return members(true);
        }
        long most = MARGIN * walking;
        if (sorting >= images || most >= images) {
            return walked(null);
        }
        List<KeyRow> last = on.images().selectKeys(owner, paging.single(most), ListIndex.of(query.field()));
        if (last.isEmpty()) {
            return walked(null);
        }
        KeyRow end = last.get(0);
        List<Image> found = walked(new ListEnd(end.value(query.field()), end.id()));
        return found.size() > query.limit() ? found : members(true);
    }

    private List<Image> members(boolean isJoined) {
        return Paging.images(on.memberships().selectPage(group, rest, isJoined, paging.selection()));
    }

    private List<Image> walked(@Nullable ListEnd last) {
        return Paging.images(on.memberships()
                .selectWalking(
                        owner,
                        group,
                        rest,
                        !rest.isOnlyMembership(),
                        paging.selection(),
                        ListIndex.of(query.field()),
                        last));
    }
}
