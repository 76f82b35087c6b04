package io.github.imagehost.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.hash.Hashing;
import io.github.imagehost.core.archive.ImageRestore.Existing;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.access.Identity;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.PasswordHash;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.port.access.NewOwner;
import io.github.imagehost.core.testing.InMemoryAccessRepository;
import io.github.imagehost.core.testing.InMemoryMetadataRepository;
import io.github.imagehost.core.testing.MutableClock;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestHost;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose images are exported, and whose they are when they are restored. */
class OwnerArchiveTest {

    private static final OwnerName ALICE = new OwnerName("alice");
    private static final OwnerName BOB = new OwnerName("bob");
    private static final OwnerName CAROL = new OwnerName("carol");
    private static final Quota QUOTA = new Quota(OptionalLong.of(7), OptionalLong.of(1L << 30));

    @TempDir
    Path directory;

    private final MutableClock clock = new MutableClock();

    /** The host that is exported. */
    private final TestHost old = new TestHost();

    private final InMemoryAccessRepository oldOwners = new InMemoryAccessRepository(clock, old.rows());

    /** The host into which it is restored, over the same objects. */
    private final InMemoryMetadataRepository rows = new InMemoryMetadataRepository(clock);

    private InMemoryAccessRepository owners;
    private final List<Owner> added = new ArrayList<>();
    private Path file;

    @BeforeEach
    void openALaterHost() {
        clock.advance(Duration.ofDays(1));
        owners = new InMemoryAccessRepository(clock, rows);
        clock.advance(Duration.ofDays(1));
        file = directory.resolve("backup.jsonl");
    }

    private ExportReport export() throws IOException {
        return new ImageExport(old.rows(), Optional.of(oldOwners), Optional.empty(), ObjectKey::value, clock)
                .write(file, Progress.UNOBSERVED);
    }

    private RestoreReport restore(String... map) throws IOException {
        return restoration(map).restore(file, Existing.ONLY_FROM_FILE, Progress.UNOBSERVED);
    }

    private RestoreReport restoreBeside(String... map) throws IOException {
        return restoration(map).restore(file, Existing.ANY, Progress.UNOBSERVED);
    }

    private ImageRestore restoration(String... map) {
        OwnerRestore restore = new OwnerRestore(owners, OwnerMap.parse(List.of(map)), added::add);
        return new ImageRestore(old.store().port(), rows, Optional.of(restore), Optional.empty(), 2);
    }

    private Owner oldOwner(OwnerName name) throws IOException {
        clock.advance(Duration.ofMinutes(1));
        Owner owner = oldOwners.addOwner(name, Role.USER);
        old.upload(owner.id(), Pictures.uniquePng());
        return owner;
    }

    private Owner ownOwner(OwnerName name) {
        clock.advance(Duration.ofMinutes(1));
        return owners.addOwner(name, Role.USER);
    }

    private OwnersUnclearException refused(String... map) {
        List<Owner> before = owners.owners();
        List<Image> images = rows.images();
        OwnersUnclearException[] refusal = new OwnersUnclearException[1];
        assertThatThrownBy(() -> restoreBeside(map))
                .isInstanceOfSatisfying(OwnersUnclearException.class, e -> refusal[0] = e);
        assertThat(owners.owners()).isEqualTo(before);
        assertThat(rows.images()).isEqualTo(images);
        assertThat(added).isEmpty();
        return refusal[0];
    }

    /** What the images of this host are called whose owner is called so. */
    private List<String> imagesOf(String name) {
        OwnerId owner = owners.findOwner(new OwnerName(name)).orElseThrow().id();
        return rows.images().stream()
                .filter(image -> image.owner().equals(owner))
                .map(Image::filename)
                .toList();
    }

    private List<String> oldImagesOf(Owner owner) {
        return old.rows().images().stream()
                .filter(image -> image.owner().equals(owner.id()))
                .map(Image::filename)
                .toList();
    }

    // ---- export

    @Test
    void aLineTellsWhatIsKnownOfAnOwnerButNothingSecret() throws IOException {
        Owner alice = oldOwner(ALICE);
        old.rows().setQuota(alice.id(), QUOTA);
        oldOwners.changePassword(oldOwners.findLogin(alice.id()).orElseThrow(), new PasswordHash("$secret"));
        oldOwners.giveIdentity(new Identity("https://id.example", "secret"), alice.id());

        assertThat(export().owners()).isEqualTo(2);

        List<String> lines = Files.readAllLines(file);
        Owner first = oldOwners.findOwner(OwnerId.DEFAULT).orElseThrow();
        assertThat(lines.get(1)).startsWith("{\"kind\":\"image\",\"id\":").contains(",\"owner\":2,");
        assertThat(lines.subList(2, 4))
                .containsExactly(
                        "{\"kind\":\"owner\",\"id\":1,\"name\":\"default\",\"role\":\"admin\",\"state\":\"active\","
                                + "\"createdAt\":\"" + first.createdAt() + "\"}",
                        "{\"kind\":\"owner\",\"id\":2,\"name\":\"alice\",\"role\":\"user\",\"state\":\"active\","
                                + "\"createdAt\":\"" + alice.createdAt()
                                + "\",\"maxImages\":7,\"maxBytes\":1073741824}");
        assertThat(lines.get(4)).startsWith("{\"kind\":\"end\",\"images\":1,\"names\":0,");
        assertThat(Files.readString(file)).doesNotContain("secret");
    }

    /** Versions that know nothing of owners read such an export, and refuse others. */
    @Test
    void ofTheFirstOwnerAloneThereIsNoLineUnlessItHasAQuota() throws IOException {
        old.upload(Pictures.uniquePng());

        assertThat(export().owners()).isZero();
        assertThat(Files.readString(file)).doesNotContain("\"kind\":\"owner\"");

        old.rows().setQuota(OwnerId.DEFAULT, QUOTA);
        assertThat(export().owners()).isOne();
        assertThat(Files.readString(file)).contains("\"maxImages\":7");
    }

    // ---- into an empty host

    @Test
    void anEmptyHostGetsTheOwnersAsTheyWere() throws IOException {
        Image own = old.upload(Pictures.uniquePng()).image();
        old.rows().change(own.owner(), own.id(), List.of(new ImageChange.Show(Visibility.PRIVATE)));
        oldOwners.addOwner(new OwnerName("nobody"), Role.USER);
        Owner alice = oldOwner(ALICE);
        Owner bob = oldOwner(BOB);
        old.rows().setQuota(alice.id(), QUOTA);
        old.rows().setQuota(OwnerId.DEFAULT, QUOTA);
        oldOwners.changeOwner(
                bob.id(),
                new Owner.Change(Optional.empty(), Optional.of(Role.ADMIN), Optional.of(OwnerState.SUSPENDED)));
        oldOwners.addOwner(new OwnerName("guest"), Role.GUEST);
        export();

        RestoreReport report = restore();

        assertThat(report.complete()).isTrue();
        assertThat(report.restored()).isEqualTo(3);
        assertThat(report.newOwners()).containsExactly("nobody", "alice", "bob", "guest");
        assertThat(report.newAdministrators()).containsExactly("bob");
        assertThat(report.aboveQuota()).isEmpty();
        assertThat(added).isEqualTo(owners.owners().subList(1, 5));
        assertThat(owners.owners())
                .extracting(Owner::name, Owner::role, Owner::state)
                .isEqualTo(oldOwners.owners().stream()
                        .map(owner -> tuple(owner.name(), owner.role(), owner.state()))
                        .toList());
        assertThat(owners.findOwner(ALICE).map(Owner::createdAt)).contains(alice.createdAt());
        assertThat(imagesOf("alice")).hasSize(1).isEqualTo(oldImagesOf(alice));
        assertThat(imagesOf("bob")).hasSize(1).isEqualTo(oldImagesOf(bob));
        assertThat(imagesOf("default")).containsExactly(own.filename());
        assertThat(rows.findByFilename(own.filename())
                        .map(image -> image.sharing().visibility()))
                .contains(Visibility.PRIVATE);
        OwnerId newAlice = owners.findOwner(ALICE).orElseThrow().id();
        assertThat(rows.quota(newAlice)).isEqualTo(QUOTA);
        assertThat(rows.quota(OwnerId.DEFAULT)).isEqualTo(QUOTA);
        assertThat(rows.usage(newAlice)).isEqualTo(old.rows().usage(alice.id()));
        assertThat(rows.miscounts(() -> false)).isEmpty();
        assertThat(owners.findLogin(newAlice).orElseThrow().password()).isEmpty();
    }

    @Test
    void aRestoreThatWasBrokenOffGoesOn() throws IOException {
        old.upload(Pictures.uniquePng());
        oldOwner(ALICE);
        oldOwner(BOB);
        export();
        restoration().restore(file, Existing.ONLY_FROM_FILE, stopped());
        List<Owner> made = owners.owners();
        assertThat(rows.images()).isEmpty();

        RestoreReport report = restore();
        RestoreReport again = restore();

        assertThat(report.restored()).isEqualTo(3);
        assertThat(report.newOwners()).isEmpty();
        assertThat(again.known()).isEqualTo(3);
        assertThat(owners.owners()).isEqualTo(made).hasSize(3);
        assertThat(imagesOf("alice")).hasSize(1);
    }

    @Test
    void aMappedRestoreThatWasBrokenOffGoesOn() throws IOException {
        old.upload(Pictures.uniquePng());
        oldOwner(ALICE);
        export();
        restoration("alice=alicia").restore(file, Existing.ONLY_FROM_FILE, stopped());

        assertThat(restore("alice=alicia").restored()).isEqualTo(2);
        assertThat(imagesOf("alicia")).hasSize(1);
    }

    /** All have the time of the export whose owners had numbers only, and other ids here. */
    @Test
    void ownersOfOneMomentAreNotTakenForOneAnotherByTheirIds() throws IOException {
        ownOwner(CAROL);
        Owner amy = oldOwners.addOwner(new OwnerName("amy"), Role.USER);
        Owner bob = oldOwners.addOwner(BOB, Role.USER);
        old.upload(amy.id(), Pictures.uniquePng());
        old.upload(bob.id(), Pictures.uniquePng());
        export();
        Owner amyHere =
                owners.addOwner(new NewOwner(amy.name(), Role.USER, OwnerState.ACTIVE, amy.createdAt(), Quota.NONE));
        assertThat(amyHere.id()).as("as if it had been killed here").isEqualTo(bob.id());

        assertThat(restoration("amy=amelia")
                        .prove(file, Existing.ANY, Progress.UNOBSERVED)
                        .newOwners())
                .containsExactly("amelia", "bob");
        assertThat(restore().newOwners()).containsExactly("bob");
        assertThat(imagesOf("amy")).isEqualTo(oldImagesOf(amy));
        assertThat(imagesOf("bob")).isEqualTo(oldImagesOf(bob));
    }

    @Test
    void twoOwnersDoNotBecomeOneUnlessTheMapSaysSo() throws IOException {
        Owner first = oldOwners.findOwner(OwnerId.DEFAULT).orElseThrow();
        Owner firstHere = owners.findOwner(OwnerId.DEFAULT).orElseThrow();
        old.upload(Pictures.uniquePng());
        oldOwners.changeOwner(
                first.id(), new Owner.Change(Optional.of(new OwnerName("boss")), Optional.empty(), Optional.empty()));
        Owner other = oldOwners.addOwner(
                new NewOwner(Owner.DEFAULT_NAME, Role.USER, OwnerState.ACTIVE, firstHere.createdAt(), Quota.NONE));
        old.upload(other.id(), Pictures.uniquePng());
        export();

        assertThat(refused().details())
                .containsExactly("default: it seems to be the owner here that boss seems to be, too");
        assertThat(restore("default=other").newOwners()).containsExactly("other");
    }

    @Test
    void aDryRunAddsNobody() throws IOException {
        oldOwner(ALICE);
        export();

        RestoreReport report = restoration().prove(file, Existing.ONLY_FROM_FILE, Progress.UNOBSERVED);

        assertThat(report.newOwners()).containsExactly("alice");
        assertThat(report.restored()).isOne();
        assertThat(report.known()).isZero();
        assertThat(owners.owners()).hasSize(1);
        assertThat(rows.images()).isEmpty();
    }

    /** It is the owner that has it, whatever it is called by now. */
    @Test
    void theHostThatWasExportedKnowsItsOwnersAgain() throws IOException {
        Owner alice = oldOwner(ALICE);
        Owner bob = oldOwner(BOB);
        export();
        old.rows().remove(alice.id(), List.of(old.rows().images().get(0).id()));
        oldOwners.changeOwner(
                bob.id(),
                new Owner.Change(
                        Optional.of(new OwnerName("robert")), Optional.of(Role.USER), Optional.of(OwnerState.ACTIVE)));
        oldOwner(CAROL);
        ImageRestore restore = new ImageRestore(
                old.store().port(),
                old.rows(),
                Optional.of(new OwnerRestore(oldOwners, OwnerMap.NONE, added::add)),
                Optional.empty(),
                1);

        RestoreReport report = restore.prove(file, Existing.ANY, Progress.UNOBSERVED);

        assertThat(report.newOwners()).isEmpty();
        assertThat(report.known()).isOne();
        assertThat(oldOwners.owners()).hasSize(4);
    }

    // ---- quotas

    @Test
    void whatIsRestoredCountsAlsoBeyondAQuota() throws IOException {
        Owner alice = oldOwner(ALICE);
        old.upload(alice.id(), Pictures.uniquePng());
        Usage usage = old.rows().usage(alice.id());
        old.rows().setQuota(alice.id(), new Quota(OptionalLong.of(1), OptionalLong.empty()));
        export();

        RestoreReport report = restore();

        assertThat(report.complete()).isTrue();
        assertThat(report.aboveQuota()).containsExactly("alice");
        OwnerId restored = owners.findOwner(ALICE).orElseThrow().id();
        assertThat(rows.usage(restored)).isEqualTo(usage);
        assertThat(rows.quota(restored).images()).hasValue(1);
    }

    @Test
    void theFirstOwnerKeepsTheQuotaThatItHasHere() throws IOException {
        old.rows().setQuota(OwnerId.DEFAULT, QUOTA);
        Quota own = new Quota(OptionalLong.empty(), OptionalLong.of(5));
        rows.setQuota(OwnerId.DEFAULT, own);
        export();

        restore();

        assertThat(rows.quota(OwnerId.DEFAULT)).isEqualTo(own);
    }

    // ---- onto a host with other owners

    @Test
    void whoMayBeSomebodyElseHasToBeMapped() throws IOException {
        old.upload(Pictures.uniquePng());
        oldOwner(ALICE);
        oldOwner(BOB);
        oldOwner(CAROL);
        export();
        ownOwner(ALICE);
        ownOwner(BOB);

        OwnersUnclearException refusal = refused();

        assertThat(refusal.details())
                .containsExactly(
                        "default: this host has owners of its own, and its first one may be somebody else",
                        "alice: this host has an owner of this name, who may be somebody else",
                        "bob: this host has an owner of this name, who may be somebody else");
        assertThat(refusal.inFile()).containsExactly("default", "alice", "bob", "carol");
        assertThat(refusal.here()).containsExactly("default", "alice", "bob");
        assertThat(refused("alice=bob").details()).hasSize(2);
        assertThatThrownBy(() -> restoration().prove(file, Existing.ANY, Progress.UNOBSERVED))
                .isInstanceOf(OwnersUnclearException.class);
    }

    @Test
    void imagesBecomeThoseOfWhomTheMapNames() throws IOException {
        Image first = old.upload(Pictures.uniquePng()).image();
        Owner alice = oldOwner(ALICE);
        Owner bob = oldOwner(BOB);
        Owner carol = oldOwner(CAROL);
        export();
        Owner ownAlice = ownOwner(ALICE);
        Owner ownBob = ownOwner(BOB);
        rows.setQuota(ownBob.id(), new Quota(OptionalLong.of(0), OptionalLong.empty()));

        RestoreReport report = restore("default=default", "alice=bob", "bob=dave");

        assertThat(report.restored()).isEqualTo(4);
        assertThat(report.newOwners()).containsExactly("dave", "carol");
        assertThat(report.aboveQuota()).containsExactly("bob");
        assertThat(imagesOf("default")).containsExactly(first.filename());
        assertThat(imagesOf("alice")).isEmpty();
        assertThat(imagesOf("bob")).isEqualTo(oldImagesOf(alice));
        assertThat(imagesOf("dave")).isEqualTo(oldImagesOf(bob));
        assertThat(imagesOf("carol")).isEqualTo(oldImagesOf(carol));
        assertThat(owners.owners()).hasSize(5).contains(ownAlice, ownBob);
        assertThat(restore("default=default", "alice=bob", "bob=dave").known()).isEqualTo(4);
    }

    /** The owner of the other images gets one image for both, with the names and ids of both. */
    @Test
    void twoOwnersMayBecomeOne() throws IOException {
        byte[] shared = Pictures.uniquePng();
        Image first = old.upload(shared).image();
        Owner alice = oldOwner(ALICE);
        Image hers = old.upload(alice.id(), shared).image();
        export();

        RestoreReport report = restore("alice=default");

        assertThat(report.complete()).isTrue();
        assertThat(owners.owners()).hasSize(1);
        assertThat(rows.findByFilename(hers.filename())).isEqualTo(rows.findByFilename(first.filename()));
        assertThat(rows.findById(OwnerId.DEFAULT, hers.id()))
                .isPresent()
                .isEqualTo(rows.findById(OwnerId.DEFAULT, first.id()));
        assertThat(rows.usage(OwnerId.DEFAULT).images()).isEqualTo(2);
        assertThat(rows.miscounts(() -> false)).isEmpty();
        assertThat(restore("alice=default").complete()).isTrue();
    }

    @Test
    void nothingIsAskedOfOwnersWhoseNamesNobodyHasAndOfAFirstOwnerWithoutImages() throws IOException {
        oldOwner(ALICE);
        export();
        ownOwner(BOB);

        assertThat(restore().newOwners()).containsExactly("alice");
        assertThat(imagesOf("alice")).hasSize(1);
    }

    @Test
    void aHostHasOneOwnerOfGuestsAtTheMost() throws IOException {
        oldOwners.addOwner(new OwnerName("guest"), Role.GUEST);
        export();
        clock.advance(Duration.ofMinutes(1));
        owners.addOwner(new OwnerName("visitors"), Role.GUEST);

        assertThat(refused("guest=others").details())
                .containsExactly("guest: this host has an owner of guests, visitors, and can't have two");
        assertThat(restore("guest=visitors").newOwners()).isEmpty();
    }

    @Test
    void aHostThatAGuestHasVisitedIsStillAFreshOne() throws IOException {
        Image first = old.upload(Pictures.uniquePng()).image();
        Owner guests = oldOwners.addOwner(new OwnerName("guest"), Role.GUEST);
        old.upload(guests.id(), Pictures.uniquePng());
        export();
        clock.advance(Duration.ofMinutes(1));
        owners.addOwner(new OwnerName("guest"), Role.GUEST);

        assertThat(restore().newOwners()).isEmpty();
        assertThat(imagesOf("default")).containsExactly(first.filename());
        assertThat(imagesOf("guest")).isEqualTo(oldImagesOf(guests));
    }

    @Test
    void aMapThatMakesNoSenseIsRefused() throws IOException {
        oldOwner(ALICE);
        oldOwner(BOB);
        export();

        assertThat(refused("carol=bob", "7=bob").details())
                .containsExactly("7: the file has no such owner", "carol: the file has no such owner");
        assertThat(refused("alice=bob").details())
                .containsExactly("bob: two owners in the file would become one that is not there yet");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            value = {
                "alice, 'alice' is not OLD=NEW",
                "alice=, '' is no name of an owner: legal are",
                "=bob, '' is no name of an owner: legal are",
                "0=bob, '0' is no name of an owner",
                "alice=7, '7' is no name of an owner",
                "8=7, '7' is no name of an owner"
            })
    void aPairThatIsNotLegalIsRefused(String pair, String message) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> OwnerMap.parse(List.of(pair)))
                .withMessageContaining(message);
    }

    @Test
    void anOwnerIsMappedOnce() {
        assertThat(OwnerMap.parse(List.of("Alice=BOB", "12=bob", "7=7")))
                .isEqualTo(new OwnerMap(Map.of("alice", BOB, "12", BOB), Set.of(new OwnerId(7))));
        assertThatThrownBy(() -> OwnerMap.parse(List.of("7=7", "7=carol")))
                .hasMessage("It is said twice what becomes of the owner '7'");
        assertThatThrownBy(() -> OwnerMap.parse(List.of("alice=bob", "ALICE=carol")))
                .hasMessage("It is said twice what becomes of the owner 'alice'");
    }

    // ---- exports that tell no owners

    @Test
    void anExportOfTheFirstOwnerAloneIsRestoredAsEver() throws IOException {
        old.upload(Pictures.uniquePng());
        new ImageExport(old.rows(), Optional.empty(), Optional.empty(), ObjectKey::value)
                .write(file, Progress.UNOBSERVED);

        assertThat(restore().restored()).isOne();
        assertThat(imagesOf("default")).hasSize(1);
    }

    /** Whoever was added next would have had their images. */
    @Test
    void ownersWithoutNamesHaveToBeMapped() throws IOException {
        old.upload(Pictures.uniquePng());
        Owner alice = oldOwner(ALICE);
        new ImageExport(old.rows(), Optional.empty(), Optional.empty(), ObjectKey::value)
                .write(file, Progress.UNOBSERVED);

        assertThat(refused().details())
                .containsExactly("2: the file has images of this owner, and does not tell its name");
        assertThat(refused().inFile()).containsExactly("default", "2");

        assertThat(restore("2=alicia").newOwners()).containsExactly("alicia");
        assertThat(imagesOf("alicia")).isEqualTo(oldImagesOf(alice));
        assertThat(restore("2=alicia").known()).isEqualTo(2);
    }

    /** As an application has it that chooses the numbers itself. */
    @Test
    void anOwnerWithoutANameMayStayItsNumber() throws IOException {
        OwnerId seven = new OwnerId(7);
        Image image = old.upload(seven, Pictures.uniquePng()).image();
        export();
        rows.setQuota(seven, new Quota(OptionalLong.of(0), OptionalLong.empty()));

        RestoreReport report = restore("7=7");

        assertThat(report.newOwners()).isEmpty();
        assertThat(report.aboveQuota()).containsExactly("7");
        assertThat(rows.images()).containsExactly(image);
        assertThat(owners.owners()).hasSize(1);
        assertThat(restore("7=7").known()).isOne();
    }

    @Test
    void aNumberThatIsOrMayBecomeSomebodyElseIsNotKept() throws IOException {
        old.upload(new OwnerId(2), Pictures.uniquePng());
        old.upload(new OwnerId(3), Pictures.uniquePng());
        export();

        assertThat(refused("2=2", "3=carol").details())
                .containsExactly("2: it can't stay this number while owners are added, one of whom might get it");
        assertThat(refused("2=2", "3=3", "4=4").details()).containsExactly("4: the file has no such owner");
        ownOwner(BOB);
        assertThat(refused("2=2", "3=3").details())
                .containsExactly("2: it can't stay this number, since this is an owner here, bob");
        assertThat(restore("2=bob", "3=3").complete()).isTrue();
    }

    @Test
    void anOwnerWithANameIsNoNumber() throws IOException {
        oldOwner(ALICE);
        old.upload(Pictures.uniquePng());
        export();

        assertThat(refused("1=1", "2=2").details())
                .containsExactly("1: the file has no such owner", "2: the file has no such owner");
    }

    @Test
    void aHostThatKnowsNoOwnersKeepsTheirNumbers() throws IOException {
        Owner alice = oldOwner(ALICE);
        export();

        RestoreReport report = new ImageRestore(old.store().port(), rows, Optional.empty(), Optional.empty(), 1)
                .restore(file, Existing.ONLY_FROM_FILE, Progress.UNOBSERVED);

        assertThat(report.restored()).isOne();
        assertThat(rows.images()).extracting(Image::owner).containsExactly(alice.id());
    }

    // ---- lines that are wrong

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "\"name\":\"bob\" | \"name\":\"alice\" | an owner before it has its name",
                "\"id\":3,\"name\" | \"id\":2,\"name\" | its id does not follow that of the owner before",
                "\"id\":1,\"name\" | \"id\":7,\"name\" | the first owner is not before it",
                "\"name\":\"bob\" | \"name\":\"Bob\" | 'Bob' is no name of an owner",
                "\"role\":\"user\" | \"role\":\"king\" | its role is not known",
                "\"role\":\"user\" | \"role\":\"guest\" | an owner before it is that of guests, too",
                "\"state\":\"active\" | \"state\":\"gone\" | its state is not known",
                "\"maxImages\":7 | \"maxImages\":-7 | A quota is not negative",
                "\"maxImages\":7 | \"maxImages\":\"7\" | it has no number 'maxImages'",
                "\"maxImages\":7 | \"password\":7 | 'password' is not known"
            })
    void aWrongLineIsNamed(String from, String to, String detail) throws IOException {
        oldOwner(ALICE);
        Owner bob = oldOwner(BOB);
        old.rows().setQuota(bob.id(), QUOTA);
        export();
        rewrite(Files.readAllLines(file).stream()
                .map(line -> line.contains("\"kind\":\"owner\"") ? line.replace(from, to) : line)
                .toList());

        assertThat(damage()).first().asString().contains(detail);
    }

    @Test
    void noImageFollowsTheOwners() throws IOException {
        oldOwner(ALICE);
        export();
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.add(3, lines.remove(1));
        rewrite(lines);

        assertThat(damage()).containsExactly("line 4: it follows the owners");
    }

    /** As if somebody had written it so. */
    private void rewrite(List<String> lines) throws IOException {
        String before =
                lines.stream().limit(lines.size() - 1L).map(line -> line + "\n").collect(Collectors.joining());
        Digest digest = Digest.parse(
                Hashing.sha256().hashString(before, StandardCharsets.UTF_8).toString());
        String end =
                lines.get(lines.size() - 1).replaceFirst("\"sha256\":\".*\"", "\"sha256\":\"" + digest.hex() + "\"");
        Files.writeString(file, before + end + "\n");
    }

    private List<String> damage() {
        List<String> details = new ArrayList<>();
        assertThatThrownBy(this::restore)
                .isInstanceOfSatisfying(ArchiveDamagedException.class, e -> details.addAll(e.details()));
        assertThat(owners.owners()).hasSize(1);
        return details;
    }

    private static Progress stopped() {
        return new Progress() {
            @Override
            public void expect(long items, long bytes) {}

            @Override
            public void advance(long items, long bytes) {}

            @Override
            public boolean isStopRequested() {
                return true;
            }
        };
    }
}
