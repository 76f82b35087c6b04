package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.album.TagChange;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.port.album.AlbumRepository;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.testing.InMemoryImageStore;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.mysql.transaction.MyBatisSetup;
import io.github.imagehost.mysql.transaction.Transactions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many statements the server gets for what is done most, those that begin and end transactions included. */
class UploadCostIT {

    private static final OwnerId OTHER_OWNER = new OwnerId(2);

    private final TestDatabase database = TestDatabases.onServer();
    private final byte[] picture = Pictures.uniquePng();
    private PooledDataSource onlyConnection;
    private MySqlMetadataRepository repository;
    private ImageHost host;

    @BeforeEach
    void open() throws IOException {
        onlyConnection = database.databaseSettings().pooledDataSource();
        onlyConnection.setPoolMaximumActiveConnections(1);
        onlyConnection.setPoolPingEnabled(false);
        SchemaMigration.migrate(onlyConnection);
        repository = new MySqlMetadataRepository(
                new Transactions(MyBatisSetup.sessionFactory(onlyConnection), Duration.ZERO, Together.LIMITS),
                () -> {});
        host = ImageHost.builder()
                .store(new InMemoryImageStore(Clock.systemUTC()))
                .metadata(repository)
                .build();
        // the first transaction on a connection sets its isolation
        host.upload(OwnerId.DEFAULT, "other.png", new ByteArrayInputStream(Pictures.uniquePng()));
    }

    @AfterEach
    void close() {
        host.close();
        onlyConnection.forceCloseAll();
        database.close();
    }

    @Test
    void aNewPicture() throws Exception {
        // looks for it; reserves in 2; stores the blob's state, the image and its range, and reads it, in 6
        assertThat(statementsOf(() -> upload(OwnerId.DEFAULT))).isEqualTo(9);
    }

    @Test
    void sixteenNewPicturesTogether() throws Exception {
        List<UploadRequest> requests =
                Stream.generate(Uploads::request).limit(16).toList();

        long statements = statementsOf(() -> {
            assertThat(together(
                            requests,
                            request -> repository.findExisting(
                                    request.owner(), List.of(request.content().digest()))))
                    .containsOnly(Map.of());
            List<Claim<UploadRequest, Image>> claims = together(requests, repository::claim);
            List<Reservation<UploadRequest>> reservations = claims.stream()
                    .map(claim -> ((Claim.Reserved<UploadRequest, Image>) claim).reservation())
                    .toList();
            assertThat(together(reservations, repository::complete)).doesNotContain(Optional.empty());
        });

        assertThat(statements).isEqualTo(9);
        // with the other one
        assertThat(repository.list(ImageQuery.of(OwnerId.DEFAULT)).totalItems()).isEqualTo(17);
    }

    private <Q, A> List<A> together(List<Q> questions, Function<Q, A> call) throws Exception {
        List<Callable<A>> calls = questions.stream()
                .<Callable<A>>map(question -> () -> call.apply(question))
                .toList();
        return Together.call(calls, whileHeld -> {
            try (Connection held = onlyConnection.getConnection()) {
                assertThat(held).isNotNull();
                whileHeld.run();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void aDuplicate() throws Exception {
        upload(OwnerId.DEFAULT);

        assertThat(statementsOf(() -> upload(OwnerId.DEFAULT))).isEqualTo(1);
    }

    @Test
    void aPictureThatSomebodyElseHas() throws Exception {
        upload(OwnerId.DEFAULT);

        // looks for it; finds that it can't reserve, in 2; looks for the blob; attaches to it in 7
        assertThat(statementsOf(() -> upload(OTHER_OWNER))).isEqualTo(11);
    }

    @Test
    void aLink() throws Exception {
        Image image = upload(OwnerId.DEFAULT);

        assertThat(statementsOf(() -> host.findByFilename(image.filename()))).isEqualTo(1);
    }

    @Test
    void whereThePicturesOfAPageAre() throws Exception {
        List<Long> images =
                List.of(upload(OwnerId.DEFAULT).id(), upload(OTHER_OWNER).id());
        AlbumRepository albums = repository.albums();
        albums.changeTags(OwnerId.DEFAULT, images, TagChange.add(List.of(Tag.of("cat"), Tag.of("dog"))));

        assertThat(statementsOf(() -> albums.filings(OwnerId.DEFAULT, images))).isEqualTo(1);
        assertThat(albums.filings(OwnerId.DEFAULT, images)).containsOnlyKeys(images.get(0));
    }

    @Test
    void aDeletion() throws Exception {
        Image image = upload(OwnerId.DEFAULT);

        // removes it in 15, also from albums and tags, and forgets the row of its blob in 3
        assertThat(statementsOf(() -> host.delete(OwnerId.DEFAULT, List.of(image.id()))))
                .isEqualTo(18);
    }

    private Image upload(OwnerId owner) throws IOException {
        return host.upload(owner, "cat.png", new ByteArrayInputStream(picture)).image();
    }

    private interface Work {
        void run() throws Exception;
    }

    private long statementsOf(Work work) throws Exception {
        long before = statements();
        work.run();
        return statements() - before - 1;
    }

    /** Of this connection, and this one included. */
    private long statements() throws SQLException {
        try (Connection connection = onlyConnection.getConnection();
                Statement statement = connection.createStatement();
                ResultSet status = statement.executeQuery("SHOW SESSION STATUS LIKE 'Questions'")) {
            status.next();
            return status.getLong(2);
        }
    }
}
