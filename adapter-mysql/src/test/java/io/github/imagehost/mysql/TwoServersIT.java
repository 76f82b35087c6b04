package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Quota;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.model.access.LinkPurpose;
import io.github.imagehost.core.model.access.LoginLink;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.PasswordHash;
import io.github.imagehost.core.model.access.SigningKey;
import io.github.imagehost.core.port.access.NewInvitation;
import io.github.imagehost.core.port.repository.Adoption;
import io.github.imagehost.core.port.repository.AdoptionRequest;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.QuotaExceededException;
import io.github.imagehost.core.port.repository.Removal;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.VariantRequest;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.mysql.transaction.MyBatisSetup;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two repositories that are asked for two things at the same moment. They work on two servers of a cluster, if the
 * tests know two of them, and on one otherwise: {@link TestDatabases#otherWayTo}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoServersIT {

    private static final int ROUNDS = Depth.of(10, 300);
    private static final int OWNERS = 12;

    private static final OwnerId ALICE = new OwnerId(1);
    private static final OwnerId BOB = new OwnerId(2);
    private static final OwnerId CAROL = new OwnerId(3);

    private final List<PooledDataSource> pools = new ArrayList<>();
    private TestDatabase database;
    private TestDatabase otherWay;
    private MySqlMetadataRepository here;
    private MySqlMetadataRepository there;

    @BeforeAll
    void open() {
        database = TestDatabases.onServer().keepConnection();
        SchemaMigration.migrate(database.databaseSettings());
        otherWay = TestDatabases.otherWayTo(database).keepConnection();
        here = repository(database);
        there = repository(otherWay);
    }

    @BeforeEach
    void clear() {
        database.clear();
    }

    private MySqlMetadataRepository repository(TestDatabase way) {
        PooledDataSource pool = way.databaseSettings().pooledDataSource();
        pools.add(pool);
        return MySqlMetadataRepository.using(MyBatisSetup.sessionFactory(pool));
    }

    @AfterAll
    void close() {
        pools.forEach(PooledDataSource::forceCloseAll);
        otherWay.close();
        database.close();
    }

    // ---- whoever relies on a blob, and whoever takes it away

    @Test
    void anUploadAttachesToWhatIsNotCondemnedByARemoval() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ImageDescriptor content = Uploads.content();
            Image image = upload(ALICE, content);

            Answers<Claim<UploadRequest, Image>, Removal> answers = race(
                    () -> there.claim(Uploads.request(BOB, content)), () -> here.remove(ALICE, List.of(image.id())));

            boolean attached = answers.first() instanceof Claim.Attached;
            assertThat(answers.first()).isInstanceOf(attached ? Claim.Attached.class : Claim.Reserved.class);
            assertThat(answers.second().condemned()).hasSize(attached ? 0 : 1);
        }
    }

    @Test
    void ofTwoOwnersWhoRemoveTheSameContentExactlyOneCondemnsIt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ImageDescriptor content = Uploads.content();
            Image first = upload(ALICE, content);
            Image second = attach(BOB, content);

            Answers<Removal, Removal> answers =
                    race(() -> here.remove(ALICE, List.of(first.id())), () -> there.remove(BOB, List.of(second.id())));

            assertThat(answers.first().removed()).containsExactly(first.id());
            assertThat(answers.second().removed()).containsExactly(second.id());
            assertThat(condemned(answers)).hasSize(1);
        }
    }

    @Test
    void ofTwoRemovalsOfWhatHasEndedExactlyOneCondemnsIt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ImageDescriptor content = Uploads.content();
            endLater(upload(ALICE, content));
            endLater(attach(BOB, content));
            database.letTimePass(Duration.ofHours(2));

            Answers<Removal, Removal> answers = race(() -> here.removeEnded(10), () -> there.removeEnded(10));

            assertThat(answers.first().removed().size()
                            + answers.second().removed().size())
                    .isEqualTo(2);
            assertThat(condemned(answers)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aVariantIsClaimedOfWhatIsNotCondemnedOrIsCondemnedWithIt(boolean takenOver) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Image image = upload(ALICE, Uploads.content());
            Digest identity = Uploads.content().digest();
            if (takenOver) {
                here.claimVariant(variant(image, identity));
                database.letTimePass(Uploads.LEASE.duration().plusSeconds(1));
            }

            Answers<Claim<VariantRequest, Variant>, Removal> answers = race(
                    () -> there.claimVariant(variant(image, identity)), () -> here.remove(ALICE, List.of(image.id())));

            boolean reserved = answers.first() instanceof Claim.Reserved;
            assertThat(answers.first()).isInstanceOf(reserved ? Claim.Reserved.class : Claim.SourceGone.class);
            assertThat(answers.second().condemned()).hasSize(reserved || takenOver ? 2 : 1);
        }
    }

    @Test
    void aVariantThatIsCompletedIsCondemnedWithItsSource() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ImageDescriptor content = Uploads.content();
            Image image = upload(ALICE, content);
            Reservation<VariantRequest> reservation = ((Claim.Reserved<VariantRequest, Variant>)
                            here.claimVariant(variant(image, Uploads.content().digest())))
                    .reservation();

            Answers<Boolean, Removal> answers = race(
                    () -> there.completeVariant(reservation, content.digest(), 1),
                    () -> here.remove(ALICE, List.of(image.id())));

            assertThat(answers.second().condemned()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void anObjectIsAdoptedBesideWhatIsNotCondemned(long owner) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ImageDescriptor content = Uploads.content();
            Image image = upload(ALICE, content);

            Answers<Adoption, Removal> answers = race(
                    () -> there.adopt(adoption(new OwnerId(owner), content)),
                    () -> here.remove(ALICE, List.of(image.id())));

            assertThat(answers.first()).isInstanceOfAny(Adoption.Adopted.class, Adoption.Folded.class);
        }
    }

    @Test
    void whatWasMissingIsCompletedOrCondemned() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ImageDescriptor content = Uploads.content();
            Image alices = upload(ALICE, content);
            assertThat(here.markMissing(here.blobAt(alices.objectKey()).orElseThrow()))
                    .isTrue();
            Reservation<UploadRequest> first = reserve(BOB, content);
            Reservation<UploadRequest> second = reserve(CAROL, content);
            Image bobs = here.complete(first).orElseThrow();
            here.remove(ALICE, List.of(alices.id()));

            Answers<Optional<Image>, Removal> answers =
                    race(() -> there.complete(second), () -> here.remove(BOB, List.of(bobs.id())));

            assertThat(answers.second().condemned()).hasSize(answers.first().isPresent() ? 0 : 1);
        }
    }

    // ---- whoever wants the same at once

    @Test
    void ofManyOwnersOneReservesAndAllOthersAttach() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ImageDescriptor content = Uploads.content();
            List<Claim<UploadRequest, Image>> claims = claimsOfAll(content);
            assertThat(claims)
                    .filteredOn(Claim.Reserved.class::isInstance)
                    .singleElement()
                    .satisfies(claim ->
                            assertThat(here.complete(reservation(claim))).isPresent());
            waitForEachOther();

            assertThat(claimsOfAll(content))
                    .hasOnlyElementsOfTypes(Claim.Attached.class, Claim.Existing.class)
                    .filteredOn(Claim.Existing.class::isInstance)
                    .hasSize(1);
            assertSound();
        }
    }

    private List<Claim<UploadRequest, Image>> claimsOfAll(ImageDescriptor content) throws Exception {
        return Concurrently.run(IntStream.rangeClosed(1, OWNERS)
                .mapToObj(owner -> (Callable<Claim<UploadRequest, Image>>)
                        () -> (owner % 2 == 0 ? here : there).claim(Uploads.request(new OwnerId(owner), content)))
                .toList());
    }

    @Test
    void whatTheOwnerMayHaveIsCountedByBoth() throws Exception {
        OwnerId owner = new OwnerId(4);
        here.setQuota(owner, new Quota(OptionalLong.of(1), OptionalLong.empty()));
        for (int round = 0; round < ROUNDS; round++) {
            Reservation<UploadRequest> first = reserve(owner, Uploads.content());
            Reservation<UploadRequest> second = reserve(owner, Uploads.content());

            Answers<Optional<Image>, Optional<Image>> answers =
                    race(() -> completeWithinQuota(here, first), () -> completeWithinQuota(there, second));

            Image image = answers.first().or(answers::second).orElseThrow();
            assertThat(answers.first().isPresent())
                    .isNotEqualTo(answers.second().isPresent());
            here.remove(owner, List.of(image.id()));
        }
    }

    private static Optional<Image> completeWithinQuota(
            MySqlMetadataRepository repository, Reservation<UploadRequest> reservation) {
        try {
            return repository.complete(reservation);
        } catch (QuotaExceededException e) {
            return Optional.empty();
        }
    }

    @Test
    void twoSweepsCondemnAndForgetEachReservationOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < 3; i++) {
                reserve(ALICE, Uploads.content());
            }
            database.letTimePass(Uploads.LEASE.duration().plusSeconds(1));

            Answers<Integer, Integer> answers = race(here::condemnExpired, there::condemnExpired);
            assertThat(answers.first() + answers.second()).isEqualTo(3);
            database.letTimePass(Uploads.LEASE.quarantine());
            List<CondemnedBlob> condemned = here.condemned(0, 100);

            race(() -> forget(here, condemned), () -> forget(there, condemned));

            assertThat(here.condemned(0, 100)).isEmpty();
        }
    }

    private static boolean forget(MySqlMetadataRepository repository, List<CondemnedBlob> condemned) {
        repository.forget(condemned);
        return true;
    }

    @Test
    void theLastViewIsGivenOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Image image = upload(ALICE, Uploads.content());
            here.change(ALICE, image.id(), List.of(new ImageChange.LimitViews(OptionalLong.of(1))));

            Answers<Boolean, Boolean> answers =
                    race(() -> here.countView(ALICE, image.id()), () -> there.countView(ALICE, image.id()));

            assertThat(answers.first()).isNotEqualTo(answers.second());
        }
    }

    @Test
    void aLoginLinkAndTheLastUseOfAnInvitationAreTakenOnce() throws Exception {
        Instant now = Instant.parse("2026-01-31T16:00:00Z");
        PasswordHash password = new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA");
        for (int round = 0; round < ROUNDS; round++) {
            Digest secret = Uploads.content().digest();
            here.access().addLink(new LoginLink(secret, ALICE, 0, now.plusSeconds(60)));
            here.access().addInvitation(new NewInvitation(secret, 1, Quota.NONE, now, now.plusSeconds(60)));
            OwnerName first = name();
            OwnerName second = name();

            Answers<Optional<?>, Optional<?>> links = race(
                    () -> here.access().takeLink(secret), () -> there.access().takeLink(secret));
            Answers<Optional<?>, Optional<?>> uses = race(
                    () -> here.access().acceptInvitation(secret, first, password, now),
                    () -> there.access().acceptInvitation(secret, second, password, now));

            assertThat(links.first().isPresent()).isNotEqualTo(links.second().isPresent());
            assertThat(uses.first().isPresent()).isNotEqualTo(uses.second().isPresent());
        }
    }

    private static OwnerName name() {
        return new OwnerName("o" + UUID.randomUUID());
    }

    @RepeatedTest(5)
    void bothSignWithOneKey() throws Exception {
        database.execute("DELETE FROM imagehost_key");

        Answers<SigningKey, SigningKey> answers = race(() -> key(here, 1), () -> key(there, 2));

        assertThat(answers.first()).isEqualTo(answers.second());
    }

    private static SigningKey key(MySqlMetadataRepository repository, int first) {
        byte[] bytes = new byte[SigningKey.LENGTH];
        bytes[0] = (byte) first;
        return repository.access().key(LinkPurpose.values()[0], SigningKey.of(bytes));
    }

    // ---- at the same moment

    private record Answers<A, B>(A first, B second) {}

    /** Both see the same when they begin; what they leave behind is sound. */
    private <A, B> Answers<A, B> race(Callable<? extends A> first, Callable<? extends B> second) throws Exception {
        waitForEachOther();
        List<Object> answers = Concurrently.run(List.<Callable<Object>>of(first::call, second::call));
        assertSound();
        @SuppressWarnings("unchecked")
        Answers<A, B> typed = (Answers<A, B>) new Answers<>(answers.get(0), answers.get(1));
        return typed;
    }

    private void waitForEachOther() {
        database.waitForOtherServers();
        otherWay.waitForOtherServers();
    }

    private void assertSound() throws SQLException {
        waitForEachOther();
        assertThat(TableRules.broken(database)).isEmpty();
        for (PooledDataSource pool : pools) {
            assertThat(modesOfIdleConnections(pool))
                    .as("whether they commit by themselves")
                    .containsOnly(1);
        }
    }

    private static List<Integer> modesOfIdleConnections(PooledDataSource pool) throws SQLException {
        List<Connection> connections = new ArrayList<>();
        List<Integer> modes = new ArrayList<>();
        for (int left = pool.getPoolState().getIdleConnectionCount(); left > 0; left--) {
            connections.add(pool.getConnection());
        }
        for (Connection connection : connections) {
            try (connection;
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT @@autocommit")) {
                row.next();
                modes.add(row.getInt(1));
            }
        }
        return modes;
    }

    private static List<CondemnedBlob> condemned(Answers<Removal, Removal> answers) {
        List<CondemnedBlob> condemned = new ArrayList<>(answers.first().condemned());
        condemned.addAll(answers.second().condemned());
        return condemned;
    }

    // ---- scenes

    private Reservation<UploadRequest> reserve(OwnerId owner, ImageDescriptor content) {
        return reservation(here.claim(Uploads.request(owner, content)));
    }

    private static Reservation<UploadRequest> reservation(Claim<UploadRequest, Image> claim) {
        return ((Claim.Reserved<UploadRequest, Image>) claim).reservation();
    }

    private Image upload(OwnerId owner, ImageDescriptor content) {
        return here.complete(reserve(owner, content)).orElseThrow();
    }

    private Image attach(OwnerId owner, ImageDescriptor content) {
        return ((Claim.Attached<UploadRequest, Image>) here.claim(Uploads.request(owner, content))).item();
    }

    private void endLater(Image image) {
        Instant end = image.uploadedAt().plus(Duration.ofHours(1));
        here.change(image.owner(), image.id(), List.of(new ImageChange.ExpireAt(Optional.of(end))));
    }

    private static VariantRequest variant(Image image, Digest identity) {
        ObjectKey key = new ObjectKey("variants/" + UUID.randomUUID() + ".webp");
        return new VariantRequest(image.objectKey(), identity, ImageType.WEBP, key, Uploads.LEASE);
    }

    private static AdoptionRequest adoption(OwnerId owner, ImageDescriptor content) {
        UploadRequest names = Uploads.request(owner, content);
        return new AdoptionRequest(
                owner,
                Optional.empty(),
                content,
                new ObjectKey("old/" + names.filename()),
                names.filename(),
                "cat.png",
                Instant.EPOCH,
                Instant.EPOCH,
                Sharing.UNLIMITED);
    }
}
