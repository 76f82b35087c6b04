package io.github.imagehost.mysql.album;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumChange;
import io.github.imagehost.core.model.album.AlbumKey;
import io.github.imagehost.core.model.album.AlbumName;
import io.github.imagehost.core.model.album.AlbumSettings;
import io.github.imagehost.core.port.album.AlbumLedger;
import io.github.imagehost.core.port.album.AlbumNameTakenException;
import io.github.imagehost.core.port.album.TooManyAlbumsException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.mysql.row.GeneratedId;
import io.github.imagehost.mysql.row.album.AlbumRow;
import io.github.imagehost.mysql.row.album.AlbumRows;
import io.github.imagehost.mysql.transaction.DuplicateKeyException;
import io.github.imagehost.mysql.transaction.Statements;
import io.github.imagehost.mysql.transaction.Transactions;
import io.github.imagehost.mysql.type.UtcInstantTypeHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which albums there are, as {@link AlbumLedger} says. An album is removed by giving it an end: nobody finds it any
 * more from that moment on, and its rows, of which there may be very many, go part by part.
 */
final class Albums implements AlbumLedger {

    private static final Logger log = LoggerFactory.getLogger(Albums.class);

    /** How many rows of an album are deleted in one transaction. */
    private static final int IMAGES_AT_ONCE = 1000;

    private final Transactions transactions;

    Albums(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Album addAlbum(OwnerId owner, AlbumKey key, AlbumSettings settings) {
        return unlessTaken("add an album", owner, settings.name(), OptionalLong.empty(), on -> {
                    on.albums().lockFirstOfOwner(owner.value());
                    if (on.albums().countOfOwner(owner.value()) >= MOST_ALBUMS) {
                        throw new TooManyAlbumsException(owner);
                    }
                    GeneratedId generated = new GeneratedId();
                    on.albums().insert(AlbumRows.toNewAlbumRow(owner, key, settings), generated);
                    return find(on, owner, generated.getId());
                })
                .orElseThrow();
    }

    private static Optional<Album> find(Statements on, OwnerId owner, long id) {
        return on.albums().selectOwned(owner.value(), id).map(AlbumRows::toAlbum);
    }

    /**
     * Writes, unless another album has the name. One that has ended gives it up.
     *
     * @param self which album may have it
     */
    private Optional<Album> unlessTaken(
            String operation,
            OwnerId owner,
            AlbumName name,
            OptionalLong self,
            Function<Statements, Optional<Album>> work) {
        return transactions.untilDecided(operation, () -> {
            try {
                return Optional.of(transactions.write(operation, work));
            } catch (DuplicateKeyException e) {
                Optional<Album> holder = findAlbum(owner, name);
                if (holder.isPresent()
                        && !self.equals(OptionalLong.of(holder.get().id()))) {
                    throw new AlbumNameTakenException(name);
                }
                transactions.write(operation, on -> freeName(on, owner, name));
                throw e;
            }
        });
    }

    private static int freeName(Statements on, OwnerId owner, AlbumName name) {
        byte[] foldedName = AlbumRows.toFoldedName(name);
        return on.albums()
                .freeName(owner.value(), foldedName, noName(UUID.randomUUID().toString()));
    }

    /** What stands in place of the name of an album that has ended: no name begins so. */
    private static byte[] noName(String text) {
        return ("\u0000" + text).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Album> findAlbum(OwnerId owner, long id) {
        return transactions.read("find the album " + id, on -> find(on, owner, id));
    }

    @Override
    public Optional<Album> findAlbum(OwnerId owner, AlbumName name) {
        return transactions.read(
                "find an album by its name",
                on -> on.albums()
                        .selectByName(owner.value(), AlbumRows.toFoldedName(name))
                        .map(AlbumRows::toAlbum));
    }

    @Override
    public Optional<Album> findAlbum(AlbumKey key) {
        return transactions.read(
                "find an album by its key",
                on -> on.albums().selectByKey(key.value()).map(AlbumRows::toAlbum));
    }

    @Override
    public List<Album> albums(OwnerId owner) {
        return transactions.read(
                "list the albums of the owner " + owner.value(),
                on -> on.albums().selectOfOwner(owner.value()).stream()
                        .map(AlbumRows::toAlbum)
                        .toList());
    }

    @Override
    public List<Album> drawnAlbums() {
        return transactions
                .read("list albums to draw from", on -> {
                    List<AlbumRow> all = on.albums().selectDrawn(0, MOST_DRAWN + 1);
                    if (all.size() <= MOST_DRAWN) {
                        return all;
                    }
                    long last = on.albums().selectLastDrawn().orElseThrow();
                    long first = Draw.number(all.get(0).id(), last);
                    List<AlbumRow> some = new ArrayList<>(on.albums().selectDrawn(first, MOST_DRAWN));
                    some.addAll(all.subList(0, MOST_DRAWN - some.size()));
                    return some;
                })
                .stream()
                .map(AlbumRows::toAlbum)
                .distinct()
                .toList();
    }

    @Override
    public Optional<Album> changeAlbum(OwnerId owner, long id, Collection<AlbumChange> changes) {
        String operation = "change the album " + id;
        Function<Statements, Optional<Album>> work = on -> {
            if (on.albums().lockOwned(owner.value(), id).isPresent()) {
                find(on, owner, id).ifPresent(album -> update(on, album, changes));
            }
            return find(on, owner, id);
        };
        Optional<AlbumName> name = changes.stream()
                .flatMap(change ->
                        change instanceof AlbumChange.Rename rename ? Stream.of(rename.name()) : Stream.empty())
                .findFirst();
        return name.isPresent()
                ? unlessTaken(operation, owner, name.get(), OptionalLong.of(id), work)
                : transactions.write(operation, work);
    }

    private static void update(Statements on, Album album, Collection<AlbumChange> changes) {
        AlbumSettings after = album.settings().changedBy(changes);
        List<@Nullable Object> parameters = new ArrayList<>();
        List<String> assignments =
                new ArrayList<>(List.of("updated_at = " + on.now(), "visibility = ?", "public_until = ?"));
        parameters.add(AlbumRows.toVisibility(after));
        parameters.add(UtcInstantTypeHandler.toColumnValue(after.publicUntil().orElse(null)));
        for (AlbumChange change : changes) {
            assignments.addAll(assignments(on, album.id(), change, parameters));
        }
        parameters.add(album.id());
        on.update("UPDATE imagehost_album SET " + String.join(", ", assignments) + " WHERE id = ?", parameters);
    }

    /** But for those of who sees it. */
    private static List<String> assignments(
            Statements on, long id, AlbumChange change, List<@Nullable Object> parameters) {
        if (change instanceof AlbumChange.Rename rename) {
            Collections.addAll(parameters, rename.name().value(), AlbumRows.toFoldedName(rename.name()));
            return List.of("name = ?", "folded_name = ?");
        }
        if (change instanceof AlbumChange.Arrange arrange) {
            parameters.add(arrange.order().name());
            return List.of("arrangement = ?");
        }
        if (change instanceof AlbumChange.Draw draw) {
            parameters.add(draw.drawn());
            return List.of("drawn = ?");
        }
        if (change instanceof AlbumChange.ExpireAt end) {
            parameters.add(UtcInstantTypeHandler.toColumnValue(end.time().orElse(null)));
            return List.of("expires_at = ?");
        }
        return change instanceof AlbumChange.Cover cover ? cover(on, id, cover.image(), parameters) : List.of();
    }

    private static List<String> cover(Statements on, long id, OptionalLong image, List<@Nullable Object> parameters) {
        if (image.isPresent()
                && on.albums().selectMembers(id, List.of(image.getAsLong())).isEmpty()) {
            return List.of();
        }
        parameters.add(image.isPresent() ? image.getAsLong() : null);
        return List.of("cover_id = ?");
    }

    @Override
    public boolean removeAlbum(OwnerId owner, long id) {
        boolean isRemoved = transactions.write(
                "remove the album " + id, on -> on.albums().end(owner.value(), id, noName(String.valueOf(id))) == 1);
        if (isRemoved) {
            try {
                purge(id);
            } catch (RepositoryUnavailableException e) {
                // it is gone for everybody, and the next one who removes what has ended does the rest
                log.debug("The rows of the album {} are not deleted yet", id, e);
            }
        }
        return isRemoved;
    }

    @Override
    public int removeEndedAlbums(int limit) {
        List<Long> ended = transactions.read(
                "find albums that have ended", on -> on.albums().selectEnded(limit));
        return (int) ended.stream().filter(this::purge).count();
    }

    /** Deletes the rows of an album that has ended; whether this one deleted the last of them. */
    private boolean purge(long id) {
        String operation = "delete the rows of the album " + id;
        int deleted;
        do {
            deleted = transactions.write(operation, on -> on.albums().deleteSomeImages(id, IMAGES_AT_ONCE));
        } while (deleted == IMAGES_AT_ONCE);
        return transactions.write(operation, on -> on.albums().deleteEnded(id)) == 1;
    }
}
