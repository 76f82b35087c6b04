package io.github.imagehost.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.Actor;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.core.model.audit.AuditCursor;
import io.github.imagehost.core.model.audit.AuditEntry;
import io.github.imagehost.core.model.audit.AuditEvent;
import io.github.imagehost.core.model.audit.AuditPage;
import io.github.imagehost.core.model.audit.AuditQuery;
import io.github.imagehost.core.port.audit.AuditLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link AuditLog} promises. */
public abstract class AuditLogContract {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123Z");
    private static final OwnerId ALICE = new OwnerId(2);
    private static final OwnerId BOB = new OwnerId(3);

    private AuditLog log;

    /** An empty one, called before each test; whoever overrides this closes it. */
    protected abstract AuditLog createLog() throws Exception;

    @BeforeEach
    final void open() throws Exception {
        log = createLog();
    }

    @Test
    void isEmptyAtFirst() {
        AuditPage page = log.find(all());

        assertThat(page.entries()).isEmpty();
        assertThat(page.next()).isEmpty();
        assertThat(log.removeBefore(NOON, 10)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void keepsEveryActionOfEveryActor(AuditAction action) {
        List<AuditEvent> events = new ArrayList<>();
        for (Actor.Kind kind : Actor.Kind.values()) {
            Actor actor = new Actor(kind, Optional.of(ALICE), Optional.of(7L), Optional.of("2001:db8::"));
            events.add(
                    0,
                    add(NOON, actor, Act.of(action).about(BOB).on("image", 12).with("a.png")));
            events.add(0, add(NOON, Actor.COMMAND_LINE, Act.of(action).refused()));
        }

        assertThat(log.find(all()).entries()).extracting(AuditEntry::event).containsExactlyElementsOf(events);
    }

    @Test
    void keepsTextAsItIs() {
        String hostile = "\"},{\"action\":\"login\"}\r\n\t\u001b[2K<script>'; DROP TABLE x; -- 图片 😀 %s \\";
        AuditEvent event = add(NOON, Actor.COMMAND_LINE, deletion().with(hostile));

        assertThat(only().event()).isEqualTo(event);
    }

    @Test
    void keepsTheLongestTextAndCutsOffWhatIsLonger() {
        Actor actor = new Actor(
                Actor.Kind.TOKEN, Optional.of(ALICE), Optional.of(Long.MAX_VALUE), Optional.of("f".repeat(45)));
        Act longest = new Act(
                AuditAction.IMAGE_UPLOADED,
                Act.Outcome.DONE,
                Optional.of(ALICE),
                "1".repeat(Act.LONGEST_TARGET),
                "图".repeat(Act.LONGEST_DETAIL));
        AuditEvent event = add(NOON, actor, longest);
        assertThat(only().event()).isEqualTo(event);

        Act cutOff = longest.with("x" + "😀".repeat(Act.LONGEST_DETAIL));
        assertThat(cutOff.detail()).hasSizeLessThanOrEqualTo(Act.LONGEST_DETAIL).endsWith("😀…");
        AuditEvent other = add(NOON.plusMillis(1), actor, cutOff);
        assertThat(log.find(all()).entries().get(0).event()).isEqualTo(other);
    }

    @Test
    void manyTargetsStandInTheirOrder() {
        add(NOON, Actor.COMMAND_LINE, deletion().on("image", List.of(13L, 2L, 12L)));

        assertThat(only().event().act().target()).isEqualTo("image:2,12,13");
        List<Long> hundred =
                LongStream.range(Long.MAX_VALUE - 100, Long.MAX_VALUE).boxed().toList();
        assertThat(deletion().on("image", hundred).target()).doesNotContain("…");
    }

    @Test
    void theNewestStandsFirstWhateverCameFirst() {
        AuditEvent later = add(NOON.plusMillis(1), Actor.COMMAND_LINE, deletion());
        AuditEvent first = add(NOON, Actor.COMMAND_LINE, deletion().with("1"));
        AuditEvent second = add(NOON, Actor.COMMAND_LINE, deletion().with("2"));

        assertThat(log.find(all()).entries()).extracting(AuditEntry::event).containsExactly(later, second, first);
        assertThat(log.find(all()).entries()).extracting(AuditEntry::id).doesNotHaveDuplicates();
    }

    @Test
    void pagesNeitherRepeatNorSkip() {
        // several at each moment
        IntStream.range(0, 11)
                .forEach(i -> add(
                        NOON.plusMillis(i / 3),
                        actor(i % 2 == 0 ? ALICE : BOB),
                        deletion().about(ALICE).with(String.valueOf(i))));

        for (AuditQuery query : List.of(all(), about(ALICE), of(AuditAction.IMAGES_DELETED))) {
            List<AuditEntry> read = new ArrayList<>();
            Optional<AuditCursor> next = Optional.empty();
            do {
                AuditPage page =
                        log.find(new AuditQuery(query.since(), query.until(), query.owner(), query.action(), next, 4));
                assertThat(page.entries()).hasSizeLessThanOrEqualTo(4);
                read.addAll(page.entries());
                next = page.next().map(AuditCursor::encode).map(AuditCursor::decode);
            } while (next.isPresent());

            assertThat(read).isEqualTo(log.find(query).entries()).hasSize(11);
        }
    }

    @Test
    void whatComesMeanwhileMovesNoPage() {
        IntStream.range(0, 4).forEach(i -> add(NOON.plusMillis(i), Actor.COMMAND_LINE, deletion()));
        AuditPage first = log.find(new AuditQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 2));

        add(NOON.plusSeconds(1), Actor.COMMAND_LINE, deletion());
        AuditPage second = log.find(new AuditQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), first.next(), 2));

        assertThat(second.entries()).extracting(entry -> entry.event().at()).containsExactly(NOON.plusMillis(1), NOON);
        assertThat(second.next()).isEmpty();
    }

    @Test
    void findsATimeWithItsBeginAndWithoutItsEnd() {
        IntStream.range(0, 5).forEach(i -> add(NOON.plusMillis(i), Actor.COMMAND_LINE, deletion()));

        AuditPage page = log.find(new AuditQuery(
                Optional.of(NOON.plusMillis(1)),
                Optional.of(NOON.plusMillis(3)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                10));

        assertThat(page.entries())
                .extracting(entry -> entry.event().at())
                .containsExactly(NOON.plusMillis(2), NOON.plusMillis(1));
    }

    @Test
    void findsWhatAnOwnerDidAndWhatIsAboutIt() {
        AuditEvent didToHerself = add(NOON, actor(ALICE), deletion().about(ALICE));
        AuditEvent didToBob = add(NOON.plusMillis(1), actor(ALICE), deletion().about(BOB));
        AuditEvent wasDoneToHer =
                add(NOON.plusMillis(2), Actor.COMMAND_LINE, deletion().about(ALICE));
        add(NOON.plusMillis(3), actor(BOB), deletion().about(BOB));
        add(NOON.plusMillis(4), Actor.COMMAND_LINE, deletion());

        assertThat(log.find(about(ALICE)).entries())
                .extracting(AuditEntry::event)
                .containsExactly(wasDoneToHer, didToBob, didToHerself);
    }

    @Test
    void everythingThatIsAskedForHasToHold() {
        AuditEvent wanted =
                add(NOON, actor(ALICE), Act.of(AuditAction.LOGIN).about(ALICE).refused());
        add(NOON, actor(ALICE), deletion().about(ALICE));
        add(NOON, actor(BOB), Act.of(AuditAction.LOGIN).about(BOB));
        add(NOON.plusMillis(1), actor(ALICE), Act.of(AuditAction.LOGIN).about(ALICE));

        AuditPage page = log.find(new AuditQuery(
                Optional.of(NOON),
                Optional.of(NOON.plusMillis(1)),
                Optional.of(ALICE),
                Optional.of(AuditAction.LOGIN),
                Optional.empty(),
                10));

        assertThat(page.entries()).extracting(AuditEntry::event).containsExactly(wanted);
        assertThat(log.find(of(AuditAction.LOGIN)).entries()).hasSize(3);
    }

    @Test
    void removesWhatIsOlderInParts() {
        IntStream.range(0, 5).forEach(i -> add(NOON.plusMillis(i), Actor.COMMAND_LINE, deletion()));

        assertThat(log.removeBefore(NOON.plusMillis(3), 2)).isEqualTo(2);
        assertThat(log.removeBefore(NOON.plusMillis(3), 2)).isEqualTo(1);
        assertThat(log.removeBefore(NOON.plusMillis(3), 2)).isZero();

        assertThat(log.find(all()).entries())
                .extracting(entry -> entry.event().at())
                .containsExactly(NOON.plusMillis(4), NOON.plusMillis(3));
    }

    @Test
    void ofManyWritersNoneIsLost() throws Exception {
        Concurrently.run(8, () -> add(NOON, Actor.COMMAND_LINE, deletion()));

        assertThat(log.find(all()).entries())
                .hasSize(8)
                .extracting(AuditEntry::id)
                .doesNotHaveDuplicates();
    }

    private AuditEvent add(Instant at, Actor actor, Act act) {
        AuditEvent event = new AuditEvent(at, actor, act);
        log.add(event);
        return event;
    }

    private AuditEntry only() {
        List<AuditEntry> entries = log.find(all()).entries();
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    private static Act deletion() {
        return Act.of(AuditAction.IMAGES_DELETED);
    }

    private static Actor actor(OwnerId owner) {
        return new Actor(Actor.Kind.SESSION, Optional.of(owner), Optional.empty(), Optional.of("192.0.2.1"));
    }

    private static AuditQuery all() {
        return query(Optional.empty(), Optional.empty());
    }

    private static AuditQuery about(OwnerId owner) {
        return query(Optional.of(owner), Optional.empty());
    }

    private static AuditQuery of(AuditAction action) {
        return query(Optional.empty(), Optional.of(action));
    }

    private static AuditQuery query(Optional<OwnerId> owner, Optional<AuditAction> action) {
        return new AuditQuery(
                Optional.empty(), Optional.empty(), owner, action, Optional.empty(), AuditQuery.MAX_LIMIT);
    }
}
