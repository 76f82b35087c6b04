package io.github.imagehost.mysql.album;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumChange;
import io.github.imagehost.core.model.album.AlbumKey;
import io.github.imagehost.core.model.album.AlbumName;
import io.github.imagehost.core.model.album.AlbumOrder;
import io.github.imagehost.core.model.album.AlbumPlace;
import io.github.imagehost.core.model.album.AlbumQuery;
import io.github.imagehost.core.model.album.AlbumSettings;
import io.github.imagehost.core.model.album.TagChange;
import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.testing.AlbumRepositoryContract;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.Uploads;
import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.transaction.MyBatisSetup;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.session.SqlSessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The contract on one database, which all tests of the class share; each begins with empty tables. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AlbumDatabaseContract extends AlbumRepositoryContract {

    private TestDatabase database;
    private PooledDataSource pool;
    private SqlSessionFactory sessions;

    protected abstract TestDatabase createDatabase();

    @BeforeAll
    final void openDatabase() {
        database = createDatabase().keepConnection();
        SchemaMigration.migrate(database.databaseSettings());
        pool = database.databaseSettings().pooledDataSource();
        sessions = MyBatisSetup.sessionFactory(pool);
    }

    @AfterAll
    final void closeDatabase() {
        pool.forceCloseAll();
        database.close();
    }

    private MySqlMetadataRepository repository() {
        return MySqlMetadataRepository.using(sessions);
    }

    @Override
    protected MetadataRepository createImages() {
        database.clear();
        return repository();
    }

    @Override
    protected AlbumRepository createAlbums() {
        return repository().albums();
    }

    @Override
    protected void letTimePass(Duration duration) {
        database.letTimePass(duration);
    }

    @Test
    void whatIsRemovedLeavesNoRow() {
        Image image = filed();
        repository().remove(OwnerId.DEFAULT, List.of(image.id()));
        assertThat(rows("imagehost_album_image")).isZero();
        assertThat(rows("imagehost_image_tag")).isZero();
        assertThat(rows("imagehost_tag")).isZero();

        filed();
        albums().removeAlbum(
                        OwnerId.DEFAULT, albums().albums(OwnerId.DEFAULT).get(0).id());
        albums().removeAlbum(
                        OwnerId.DEFAULT, albums().albums(OwnerId.DEFAULT).get(0).id());
        assertThat(rows("imagehost_album")).isZero();
        assertThat(rows("imagehost_album_image")).isZero();
    }

    /** As a server of the version before does, which knows nothing of albums. */
    @Test
    void whatOthersHaveHiddenOrDeletedIsNotShown() {
        Image hidden = filed();
        Image deleted = filed();
        Image open = filed();
        Album album = albums().albums(OwnerId.DEFAULT).get(0);
        albums().addImages(OwnerId.DEFAULT, album.id(), List.of(hidden.id(), deleted.id(), open.id()), AlbumPlace.END);
        database.execute("UPDATE imagehost_image SET visibility = 'PRIVATE' WHERE id = " + hidden.id());
        database.execute("DELETE FROM imagehost_image WHERE id = " + deleted.id());

        assertThat(albums().images(album.id(), new AlbumQuery(AlbumQuery.Audience.EVERYBODY, 10, Optional.empty()))
                        .images())
                .containsExactly(open);
    }

    /** A server of the version before reads and writes the visibility alone. */
    @Test
    void whatIsPublicForAWhileIsPrivateForOthersWhoMayMakeItPublicForEver() {
        filed();
        Album album = albums().albums(OwnerId.DEFAULT).get(0);
        AlbumChange end = new AlbumChange.ShowUntil(Optional.of(Instant.parse("2099-12-31T23:59:59.123Z")));
        assertThat(albums().changeAlbum(OwnerId.DEFAULT, album.id(), List.of(end)))
                .get()
                .matches(Album::isPublic);

        assertThat(database.query("SELECT visibility FROM imagehost_album")).containsExactly("PRIVATE");
        database.execute("UPDATE imagehost_album SET visibility = 'PUBLIC'");
        assertThat(albums().findAlbum(OwnerId.DEFAULT, album.id()))
                .get()
                .matches(Album::isPublic)
                .matches(found -> found.settings().publicUntil().isEmpty());
    }

    /** An image with a tag, in an album of its own. */
    private Image filed() {
        Image image = Uploads.upload(repository());
        byte[] key = image.content().digest().bytes();
        Album album = albums().addAlbum(
                        OwnerId.DEFAULT,
                        AlbumKey.of(Arrays.copyOf(key, AlbumKey.RANDOM_BYTES)),
                        new AlbumSettings(
                                AlbumName.of(image.filename()),
                                AlbumOrder.NEWEST,
                                Visibility.PUBLIC,
                                Optional.empty(),
                                false,
                                Optional.empty()));
        albums().addImages(OwnerId.DEFAULT, album.id(), List.of(image.id()), AlbumPlace.END);
        albums().changeTags(OwnerId.DEFAULT, List.of(image.id()), TagChange.add(List.of(Tag.of("cat"))));
        return image;
    }

    private long rows(String table) {
        return Long.parseLong(database.query("SELECT COUNT(*) FROM " + table).get(0));
    }
}
