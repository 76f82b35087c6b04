package io.github.imagehost.rest.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.rest.chaos.Violation.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final Picture CAT = Picture.of("cat".getBytes(StandardCharsets.UTF_8));
    private static final Picture DOG = Picture.of("dog".getBytes(StandardCharsets.UTF_8));
    private static final OwnerId OWNER = new OwnerId(1);
    private static final OwnerId OTHER = new OwnerId(2);
    private static final Link FIRST = new Link(1, OWNER, "first.png", CAT.digest());
    private static final Link SECOND = new Link(2, OWNER, "second.png", CAT.digest());

    private final Violations violations = new Violations();
    private final Ledger ledger = new Ledger(violations);

    @Test
    void twoOwnersMayHaveTheSamePicture() {
        uploaded(ledger.now(), CAT, FIRST, false);
        uploaded(ledger.now(), CAT, new Link(2, OTHER, "second.png", CAT.digest()), false);

        assertThat(violations.all()).isEmpty();
    }

    @Test
    void whatIsInDoubtForOneOwnerIsNotForAnother() {
        ledger.uploadInDoubt(OTHER, CAT);

        settle(FIRST);

        assertThat(violations.all()).hasSize(1);
    }

    @Test
    void findsNoFaultWithAnOrdinaryLife() {
        uploaded(ledger.now(), CAT, FIRST, false);
        uploaded(ledger.now(), CAT, FIRST, true);
        ledger.read(ledger.now(), FIRST, CAT.digest());
        settle(FIRST);
        ledger.deleting(List.of(FIRST));
        ledger.deleted(FIRST);
        ledger.notFoundToRead(FIRST);
        uploaded(ledger.now(), CAT, SECOND, false);
        settle(SECOND);

        assertThat(violations.all()).isEmpty();
        assertThat(ledger.links(Ledger.Fate.LIVE)).containsExactly(SECOND);
        assertThat(ledger.links(Ledger.Fate.GONE)).containsExactly(FIRST);
    }

    @Test
    void anAcknowledgedUploadHasToStay() {
        uploaded(ledger.now(), CAT, FIRST, false);

        settle();

        assertThatOnly(Kind.LOST);
    }

    @Test
    void whatNobodyAskedToDeleteIsFound() {
        uploaded(ledger.now(), CAT, FIRST, false);

        ledger.notFoundToRead(FIRST);

        assertThatOnly(Kind.LOST);
    }

    @Test
    void theOnlyDeletionFindsTheImage() {
        uploaded(ledger.now(), CAT, FIRST, false);
        ledger.deleting(List.of(FIRST));

        ledger.notFoundToDelete(FIRST);

        assertThatOnly(Kind.LOST);
    }

    @Test
    void oneOfTwoDeletionsFindsTheImage() {
        uploaded(ledger.now(), CAT, FIRST, false);
        ledger.deleting(List.of(FIRST));
        ledger.deleting(List.of(FIRST));

        ledger.notFoundToDelete(FIRST);
        ledger.deleted(FIRST);

        assertThat(violations.all()).isEmpty();
    }

    @Test
    void twoDeletionsDoNotBothFindTheImage() {
        uploaded(ledger.now(), CAT, FIRST, false);
        ledger.deleting(List.of(FIRST));
        ledger.deleting(List.of(FIRST));

        ledger.deleted(FIRST);
        ledger.deleted(FIRST);

        assertThatOnly(Kind.UNDELETED);
    }

    @Test
    void anAcknowledgedDeletionIsNotUndone() {
        uploaded(ledger.now(), CAT, FIRST, false);
        ledger.deleting(List.of(FIRST));
        ledger.deleted(FIRST);

        settle(FIRST);

        assertThatOnly(Kind.UNDELETED);
    }

    @Test
    void aReadThatBeganAfterADeletionFindsNothing() {
        uploaded(ledger.now(), CAT, FIRST, false);
        ledger.deleting(List.of(FIRST));
        long before = ledger.now();
        ledger.deleted(FIRST);
        ledger.read(before, FIRST, CAT.digest());
        assertThat(violations.all()).isEmpty();

        ledger.read(ledger.now(), FIRST, CAT.digest());

        assertThatOnly(Kind.UNDELETED);
    }

    @Test
    void aDeletionWithoutAnAnswerMayHaveHappenedOrNot() {
        uploaded(ledger.now(), CAT, FIRST, false);
        uploaded(ledger.now(), DOG, new Link(3, OWNER, "dog.png", DOG.digest()), false);
        ledger.deleting(ledger.links(Ledger.Fate.LIVE));

        settle(FIRST);

        assertThat(violations.all()).isEmpty();
        assertThat(ledger.links(Ledger.Fate.LIVE)).containsExactly(FIRST);
        assertThat(ledger.links(Ledger.Fate.GONE)).hasSize(1);
    }

    /** Somebody who chose one twice would be told twice that it is deleted. */
    @Test
    void whatIsGoingToBeDeletedMeanwhileIsNamedOnce() throws Exception {
        AtomicLong ids = new AtomicLong();

        Concurrently.run(8, () -> {
            for (int i = 0; i < 100; i++) {
                long id = ids.incrementAndGet();
                Link link = new Link(id, OWNER, id + ".png", CAT.digest());
                uploaded(ledger.now(), CAT, link, true);
                ledger.deleting(List.of(link));
                assertThat(ledger.links(Ledger.Fate.LIVE, Ledger.Fate.IN_DOUBT)).doesNotHaveDuplicates();
            }
            return true;
        });
    }

    @Test
    void aDeletionOfSeveralHappensToAllOrToNone() {
        Link dog = new Link(3, OWNER, "dog.png", DOG.digest());
        uploaded(ledger.now(), CAT, FIRST, false);
        uploaded(ledger.now(), DOG, dog, false);
        ledger.deleting(List.of(FIRST, dog));
        ledger.deletionInDoubt(List.of(FIRST, dog));

        settle(FIRST);

        assertThatOnly(Kind.OTHER);
    }

    @Test
    void oneOfSeveralMayBeDeletedBySomebodyElse() {
        Link dog = new Link(3, OWNER, "dog.png", DOG.digest());
        uploaded(ledger.now(), CAT, FIRST, false);
        uploaded(ledger.now(), DOG, dog, false);
        ledger.deleting(List.of(FIRST, dog));
        ledger.deletionInDoubt(List.of(FIRST, dog));
        ledger.deleting(List.of(dog));
        ledger.deleted(dog);

        settle(FIRST);

        assertThat(violations.all()).isEmpty();
    }

    @Test
    void whatAnAuditHasSeenHasToStay() {
        uploaded(ledger.now(), CAT, FIRST, false);
        ledger.deleting(List.of(FIRST));
        settle(FIRST);

        settle();

        assertThatOnly(Kind.LOST);
    }

    @Test
    void whatAnAuditHasMissedMustNotComeBack() {
        uploaded(ledger.now(), CAT, FIRST, false);
        ledger.deleting(List.of(FIRST));
        settle();

        settle(FIRST);

        assertThatOnly(Kind.UNDELETED);
    }

    @Test
    void anUploadWithoutAnAnswerMayHaveHappened() {
        ledger.uploadInDoubt(OWNER, CAT);

        settle(FIRST);

        assertThat(violations.all()).isEmpty();
        assertThat(ledger.links(Ledger.Fate.LIVE)).containsExactly(FIRST);
    }

    @Test
    void anImageThatNobodyUploadedIsNotThere() {
        ledger.uploadInDoubt(OWNER, DOG);

        settle(FIRST);

        assertThatOnly(Kind.OTHER);
    }

    @Test
    void aDoubtEndsWithTheNextAudit() {
        ledger.uploadInDoubt(OWNER, CAT);
        settle();

        settle(FIRST);

        assertThatOnly(Kind.OTHER);
    }

    @Test
    void anImageKeepsItsNumberAndItsBytes() {
        uploaded(ledger.now(), CAT, FIRST, false);

        settle(new Link(FIRST.id(), OWNER, FIRST.filename(), DOG.digest()));

        assertThatOnly(Kind.LOST);
    }

    @Test
    void anUploadIsNotAnsweredWithAnotherPicture() {
        uploaded(ledger.now(), DOG, FIRST, true);

        assertThatOnly(Kind.LOST);
    }

    @Test
    void aReadIsNotAnsweredWithAnotherPicture() {
        uploaded(ledger.now(), CAT, FIRST, false);

        ledger.read(ledger.now(), FIRST, DOG.digest());

        assertThatOnly(Kind.LOST);
    }

    @Test
    void aDuplicateIsAnsweredWithTheImageThatIsThere() {
        uploaded(ledger.now(), CAT, FIRST, false);

        uploaded(ledger.now(), CAT, SECOND, false);

        assertThatOnly(Kind.OTHER);
    }

    @Test
    void anUploadThatBeganBeforeTheImageWasKnownMayGetAnother() {
        long before = ledger.now();
        uploaded(ledger.now(), CAT, FIRST, false);

        uploaded(before, CAT, SECOND, false);

        assertThat(violations.all()).isEmpty();
    }

    @Test
    void onlyOneUploadIsToldToBeTheFirst() {
        uploaded(ledger.now(), CAT, FIRST, false);

        uploaded(ledger.now(), CAT, FIRST, false);

        assertThatOnly(Kind.OTHER);
    }

    @Test
    void anUploadIsNotAnsweredWithWhatWasDeletedBefore() {
        uploaded(ledger.now(), CAT, FIRST, false);
        ledger.deleting(List.of(FIRST));
        long before = ledger.now();
        ledger.deleted(FIRST);
        uploaded(before, CAT, FIRST, true);
        assertThat(violations.all()).isEmpty();

        uploaded(ledger.now(), CAT, FIRST, true);

        assertThatOnly(Kind.DEAD_LINK);
    }

    @Test
    void tellsWhatWentSinceAMoment() {
        uploaded(ledger.now(), CAT, FIRST, false);
        ledger.deleting(List.of(FIRST));
        long before = ledger.now();
        ledger.deleted(FIRST);

        assertThat(ledger.goneSince(before)).containsExactly(FIRST);
        assertThat(ledger.goneSince(ledger.now())).isEmpty();
    }

    private void uploaded(long begun, Picture picture, Link link, boolean duplicate) {
        ledger.uploaded(begun, picture, Terms.UNLIMITED, new SharedLink(link, Terms.UNLIMITED), duplicate);
    }

    private void settle(Link... found) {
        ledger.settle(Stream.of(found)
                .map(link -> new SharedLink(link, Terms.UNLIMITED))
                .toList());
    }

    private void assertThatOnly(Kind kind) {
        assertThat(violations.all()).extracting(Violation::kind).containsExactly(kind);
    }
}
