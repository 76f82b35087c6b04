package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.LinkPurpose;
import io.github.imagehost.core.model.access.LoginLink;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.PasswordHash;
import io.github.imagehost.core.model.access.SigningKey;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.access.NewInvitation;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.failure.QuotaExceededException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What there is once, though two servers are asked for it at the same moment. */
class LimitRacesIT extends TwoServers {

    @Test
    void whatTheOwnerMayHaveIsCountedByBoth() throws Exception {
        OwnerId owner = new OwnerId(4);
        here().setQuota(owner, new Quota(OptionalLong.of(1), OptionalLong.empty()));
        for (int round = 0; round < ROUNDS; round++) {
            Reservation<UploadRequest> first = reserve(owner, Uploads.content());
            Reservation<UploadRequest> second = reserve(owner, Uploads.content());

            Answers<Optional<Image>, Optional<Image>> answers =
                    race(() -> completeWithinQuota(here(), first), () -> completeWithinQuota(there(), second));

            Image image = answers.first().or(answers::second).orElseThrow();
            assertThat(answers.first().isPresent())
                    .isNotEqualTo(answers.second().isPresent());
            here().remove(owner, List.of(image.id()));
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
            database().letTimePass(Uploads.LEASE.duration().plusSeconds(1));

            Answers<Integer, Integer> answers = race(here()::condemnExpired, there()::condemnExpired);
            assertThat(answers.first() + answers.second()).isEqualTo(3);
            database().letTimePass(Uploads.LEASE.quarantine());
            List<CondemnedBlob> condemned = here().condemned(0, 100);

            race(() -> forget(here(), condemned), () -> forget(there(), condemned));

            assertThat(here().condemned(0, 100)).isEmpty();
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
            here().change(ALICE, image.id(), List.of(new ImageChange.LimitViews(OptionalLong.of(1))));

            Answers<Boolean, Boolean> answers =
                    race(() -> here().countView(ALICE, image.id()), () -> there().countView(ALICE, image.id()));

            assertThat(answers.first()).isNotEqualTo(answers.second());
        }
    }

    @Test
    void aLoginLinkAndTheLastUseOfAnInvitationAreTakenOnce() throws Exception {
        Instant now = Instant.parse("2026-01-31T16:00:00Z");
        PasswordHash password = new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA");
        for (int round = 0; round < ROUNDS; round++) {
            Digest secret = Uploads.content().digest();
            here().access().addLink(new LoginLink(secret, ALICE, 0, now.plusSeconds(60)));
            here().access().addInvitation(new NewInvitation(secret, 1, Quota.NONE, now, now.plusSeconds(60)));
            OwnerName first = name();
            OwnerName second = name();

            Answers<Optional<?>, Optional<?>> links = race(
                    () -> here().access().takeLink(secret),
                    () -> there().access().takeLink(secret));
            Answers<Optional<?>, Optional<?>> uses = race(
                    () -> here().access().acceptInvitation(secret, first, password, now),
                    () -> there().access().acceptInvitation(secret, second, password, now));

            assertThat(links.first().isPresent()).isNotEqualTo(links.second().isPresent());
            assertThat(uses.first().isPresent()).isNotEqualTo(uses.second().isPresent());
        }
    }

    private static OwnerName name() {
        return new OwnerName("o" + UUID.randomUUID());
    }

    @Test
    void oneOfTwoMayRepair() throws Exception {
        Duration turn = Duration.ofMinutes(2);
        for (int round = 0; round < ROUNDS; round++) {
            UUID first = UUID.randomUUID();
            UUID second = UUID.randomUUID();
            if (round % 3 == 0) {
                database().execute("DELETE FROM imagehost_lease");
            } else {
                database().letTimePass(turn.plusSeconds(1));
            }
            boolean isHeld = round % 3 == 2 && here().takeRepair(first, turn);
            if (isHeld) {
                // its time is over, but it is alive after all
                database().letTimePass(turn.plusSeconds(1));
            }

            Answers<Boolean, Boolean> answers = race(
                    () -> isHeld ? here().keepRepair(first, turn) : here().takeRepair(first, turn),
                    () -> there().takeRepair(second, turn));

            assertThat(answers.first()).as("round " + round).isNotEqualTo(answers.second());
            assertThat(here().keepRepair(first, turn)).isEqualTo(answers.first());
            assertThat(there().keepRepair(second, turn)).isEqualTo(answers.second());
        }
    }

    @RepeatedTest(5)
    void bothSignWithOneKey() throws Exception {
        database().execute("DELETE FROM imagehost_key");

        Answers<SigningKey, SigningKey> answers = race(() -> key(here(), 1), () -> key(there(), 2));

        assertThat(answers.first()).isEqualTo(answers.second());
    }

    private static SigningKey key(MySqlMetadataRepository repository, int first) {
        byte[] bytes = new byte[SigningKey.LENGTH];
        bytes[0] = (byte) first;
        return repository.access().key(LinkPurpose.VIEW, SigningKey.of(bytes));
    }
}
