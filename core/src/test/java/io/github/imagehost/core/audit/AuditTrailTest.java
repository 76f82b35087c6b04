package io.github.imagehost.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.Actor;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.core.model.audit.AuditEntry;
import io.github.imagehost.core.model.audit.AuditEvent;
import io.github.imagehost.core.model.audit.AuditPage;
import io.github.imagehost.core.model.audit.AuditQuery;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.audit.AuditLog;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.core.testing.InMemoryAuditLog;
import io.github.imagehost.core.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTrailTest {

    private static final OwnerId ALICE = new OwnerId(2);
    private static final Act DELETION = Act.of(AuditAction.IMAGES_DELETED).about(ALICE);
    private static final Act UPLOAD = Act.of(AuditAction.IMAGE_UPLOADED).about(ALICE);

    private final MutableClock clock = new MutableClock();
    private final AuditLog log = new InMemoryAuditLog();

    @Test
    void notesWhoDidWhatAndWhen() {
        Instant now = clock.instant();
        clock.advance(Duration.ofNanos(456_789));

        trail(Map.of()).note(Actor.COMMAND_LINE, DELETION);

        assertThat(events()).containsExactly(new AuditEvent(now, Actor.COMMAND_LINE, DELETION));
    }

    @Test
    void notesUploadsOnlyIfItIsTold() {
        trail(Map.of()).note(Actor.COMMAND_LINE, UPLOAD);
        assertThat(events()).isEmpty();

        trail(Map.of("AUDIT_UPLOADS", "true")).note(Actor.COMMAND_LINE, UPLOAD);
        assertThat(events()).hasSize(1);
    }

    @Test
    void whatIsDoneIsDoneAlsoIfItCantBeNoted() {
        AuditTrail trail = new AuditTrail(new AbsentLog(), clock, AuditSettings.from(Settings.of(Map.of())));

        assertThatCode(() -> trail.note(Actor.COMMAND_LINE, DELETION)).doesNotThrowAnyException();
        assertThatExceptionOfType(RepositoryUnavailableException.class).isThrownBy(trail::sweep);
    }

    @Test
    void keepsEventsForNinetyDaysUnlessItIsToldOtherwise() {
        trail(Map.of()).note(Actor.COMMAND_LINE, DELETION);
        clock.advance(Duration.ofDays(90));
        assertThat(trail(Map.of()).sweep()).isZero();
        clock.advance(Duration.ofMillis(1));
        assertThat(trail(Map.of("AUDIT_KEEP", "91d")).sweep()).isZero();

        assertThat(trail(Map.of()).sweep()).isEqualTo(1);
        assertThat(events()).isEmpty();
    }

    @Test
    void removesHoweverManyAreTooOld() {
        for (int i = 0; i < 2001; i++) {
            trail(Map.of()).note(Actor.COMMAND_LINE, DELETION);
        }
        clock.advance(Duration.ofDays(100));

        assertThat(trail(Map.of()).sweep()).isEqualTo(2001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "0", "23h", "36501d", "forever"})
    void refusesToKeepThemForAnotherTime(String keep) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> AuditSettings.from(Settings.of(Map.of("AUDIT_KEEP", keep))))
                .withMessage("AUDIT_KEEP is '" + keep
                        + "', but legal is a time span from 1d to 36500d, such as 500ms, 30s, 15m, 12h or 7d");
    }

    @Test
    void tellsOfAChangedOwnerWhatWasChanged() {
        Owner.Change both = new Owner.Change(
                Optional.of(new OwnerName("alice.b")), Optional.of(Role.ADMIN), Optional.of(OwnerState.SUSPENDED));
        Owner.Change state = new Owner.Change(Optional.empty(), Optional.empty(), Optional.of(OwnerState.ACTIVE));

        assertThat(Acts.ownerChanged(ALICE, both))
                .containsExactly(
                        Act.of(AuditAction.OWNER_CHANGED).about(ALICE).with("name alice.b, role admin"),
                        Act.of(AuditAction.OWNER_SUSPENDED).about(ALICE));
        assertThat(Acts.ownerChanged(ALICE, state))
                .containsExactly(Act.of(AuditAction.OWNER_ACTIVATED).about(ALICE));
        assertThat(Acts.quotaChanged(ALICE, new Quota(OptionalLong.of(5), OptionalLong.empty()))
                        .detail())
                .isEqualTo("images 5, bytes unlimited");
    }

    private AuditTrail trail(Map<String, String> settings) {
        return new AuditTrail(log, clock, AuditSettings.from(Settings.of(settings)));
    }

    private List<AuditEvent> events() {
        return log
                .find(new AuditQuery(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 10))
                .entries()
                .stream()
                .map(AuditEntry::event)
                .toList();
    }

    /** The database is away. */
    private static final class AbsentLog implements AuditLog {

        @Override
        public void add(AuditEvent event) {
            throw away();
        }

        @Override
        public AuditPage find(AuditQuery query) {
            throw away();
        }

        @Override
        public int removeBefore(Instant time, int most) {
            throw away();
        }

        private static RepositoryUnavailableException away() {
            return new RepositoryUnavailableException("The database is away");
        }
    }
}
