package io.github.imagehost.mysql.protocol;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.port.repository.SharingLedger;
import io.github.imagehost.mysql.album.Filings;
import io.github.imagehost.mysql.listing.ImageRanges;
import io.github.imagehost.mysql.row.Columns;
import io.github.imagehost.mysql.row.image.ImageRows;
import io.github.imagehost.mysql.transaction.Chunks;
import io.github.imagehost.mysql.transaction.Statements;
import io.github.imagehost.mysql.transaction.Transactions;
import io.github.imagehost.mysql.type.UtcInstantTypeHandler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Changes what an owner may change about images, and counts views, as {@link SharingLedger} says. */
public final class ImageChanges implements SharingLedger {

    private final Transactions transactions;

    public ImageChanges(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Image> changeAll(OwnerId owner, Collection<Long> ids, Collection<ImageChange> changes) {
        transactions.requireOpen();
        if (ids.isEmpty()) {
            return List.of();
        }
        return transactions.write("change images of owner " + owner.value(), on -> {
            List<Long> found = new ArrayList<>();
            for (List<Long> chunk : Chunks.ofSorted(ids)) {
                on.images().lockOwned(owner.value(), chunk).forEach(image -> found.add(image.id()));
            }
            Chunks.of(found).forEach(chunk -> update(on, chunk, changes));
            if (changes.stream().anyMatch(ImageChanges::concernsAlbums)) {
                Filings.showOrHide(on, found);
            }
            if (changes.stream().anyMatch(ImageChange.Rename.class::isInstance)) {
                ImageRanges.noteRenaming(on, owner.value(), found);
            }
            return Chunks.of(found).stream()
                    .flatMap(chunk -> on.images().selectByIds(chunk).stream())
                    .map(ImageRows::toImage)
                    .sorted(Comparator.comparingLong(Image::id))
                    .toList();
        });
    }

    private static boolean concernsAlbums(ImageChange change) {
        return change instanceof ImageChange.Show || change instanceof ImageChange.LimitViews;
    }

    private static void update(Statements on, List<Long> ids, Collection<ImageChange> changes) {
        List<@Nullable Object> parameters = new ArrayList<>();
        List<String> assignments = new ArrayList<>();
        // before visibility, since MySQL sees in each assignment what those before it have changed
        assignments.add("link_epoch = link_epoch"
                + changes.stream().map(change -> newEpochs(change, parameters)).collect(Collectors.joining()));
        assignments.add("updated_at = " + on.now());
        changes.forEach(change -> assignments.addAll(assignments(change, parameters)));
        parameters.addAll(ids);
        on.update(
                "UPDATE imagehost_image SET " + String.join(", ", assignments) + " WHERE id IN ("
                        + String.join(", ", Collections.nCopies(ids.size(), "?")) + ")",
                parameters);
    }

    /** How many epochs of links a change begins, as a summand. */
    private static String newEpochs(ImageChange change, List<@Nullable Object> parameters) {
        if (change instanceof ImageChange.Show show) {
            parameters.add(show.visibility().name());
            return " + CASE WHEN visibility = ? THEN 0 ELSE 1 END";
        }
        return change instanceof ImageChange.RevokeLinks ? " + 1" : "";
    }

    private static List<String> assignments(ImageChange change, List<@Nullable Object> parameters) {
        if (change instanceof ImageChange.Rename rename) {
            Collections.addAll(parameters, rename.originalName(), Columns.toFoldedName(rename.originalName()));
            return List.of("original_name = ?", "folded_name = ?");
        }
        if (change instanceof ImageChange.Show show) {
            parameters.add(show.visibility().name());
            return List.of("visibility = ?");
        }
        if (change instanceof ImageChange.ExpireAt end) {
            parameters.add(UtcInstantTypeHandler.toColumnValue(end.time().orElse(null)));
            return List.of("expires_at = ?");
        }
        if (change instanceof ImageChange.LimitViews limit) {
            parameters.add(Columns.toValue(limit.views()));
            return List.of("views_left = ?");
        }
        return List.of();
    }

    /**
     * Sees to it that an image lasts as long as somebody wants who uploads it once more; see
     * {@link Sharing#extendedTo}. One that has ended meanwhile stays as it is.
     *
     * @return how many were extended
     */
    static int extend(Statements on, Image image, Sharing wanted) {
        Sharing extended = image.sharing().extendedTo(wanted);
        // what others have done since it was read is done again, or looked at anew, by the claim that comes next
        int count = on.update(
                "UPDATE imagehost_image SET expires_at = ?, views_left = ? WHERE id = ? AND " + notEnded(on)
                        + " AND (expires_at = ? OR expires_at IS NULL AND ? IS NULL)"
                        + " AND (views_left = ? OR views_left IS NULL AND ? IS NULL)",
                parametersToExtend(image, extended));
        if (count == 1) {
            Filings.showOrHide(on, List.of(image.id()));
        }
        return count;
    }

    private static List<@Nullable Object> parametersToExtend(Image image, Sharing extended) {
        List<@Nullable Object> parameters = new ArrayList<>();
        @Nullable
        Object seenEnd =
                UtcInstantTypeHandler.toColumnValue(image.sharing().expiresAt().orElse(null));
        @Nullable Object seenViews = Columns.toValue(image.sharing().viewsLeft());
        Collections.addAll(
                parameters,
                UtcInstantTypeHandler.toColumnValue(extended.expiresAt().orElse(null)),
                Columns.toValue(extended.viewsLeft()),
                image.id(),
                seenEnd,
                seenEnd,
                seenViews,
                seenViews);
        return parameters;
    }

    @Override
    public boolean countView(OwnerId owner, long id) {
        return transactions.write("count a view of the image " + id, on -> {
            // in this order, since MySQL sees in each assignment what those before it have changed
            int counted = on.update(
                    "UPDATE imagehost_image SET expires_at = CASE WHEN views_left = 1 THEN " + on.now()
                            + " ELSE expires_at END, views_left = views_left - 1"
                            + " WHERE id = ? AND owner_id = ? AND views_left > 0 AND " + notEnded(on),
                    List.of(id, owner.value()));
            return counted == 1
                    || on.images()
                            .selectById(owner.value(), id)
                            .filter(image -> image.viewsLeft() == null)
                            .isPresent();
        });
    }

    /** Of a row of {@code imagehost_image}. */
    private static String notEnded(Statements on) {
        return "(expires_at IS NULL OR expires_at > " + on.now() + ")";
    }
}
