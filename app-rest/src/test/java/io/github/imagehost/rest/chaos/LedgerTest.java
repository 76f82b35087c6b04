package io.github.imagehost.rest.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.rest.chaos.Violation.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
        ledger.uploaded(ledger.now(), CAT, FIRST, false);
        ledger.uploaded(ledger.now(), CAT, new Link(2, OTHER, "second.png", CAT.digest()), false);

        assertThat(violations.all()).isEmpty();
    }

    @Test
    void whatIsInDoubtForOneOwnerIsNotForAnother() {
        ledger.uploadInDoubt(OTHER, CAT);

        ledger.settle(List.of(FIRST));

        assertThat(violations.all()).hasSize(1);
    }

    @Test
    void findsNoFaultWithAnOrdinaryLife() {
        ledger.uploaded(ledger.now(), CAT, FIRST, false);
        ledger.uploaded(ledger.now(), CAT, FIRST, true);
        ledger.read(ledger.now(), FIRST, CAT.digest());
        ledger.settle(List.of(FIRST));
        ledger.deleting(List.of(FIRST));
        ledger.deleted(FIRST);
        ledger.notFoundToRead(FIRST);
        ledger.uploaded(ledger.now(), CAT, SECOND, false);
        ledger.settle(List.of(SECOND));

        assertThat(violations.all()).isEmpty();
        assertThat(ledger.links(Ledger.Fate.LIVE)).containsExactly(SECOND);
        assertThat(ledger.links(Ledger.Fate.GONE)).containsExactly(FIRST);
    }

    @Test
    void anAcknowledgedUploadHasToStay() {
        ledger.uploaded(ledger.now(), CAT, FIRST, false);

        ledger.settle(List.of());

        assertThatOnly(Kind.LOST);
    }

    @Test
    void whatNobodyAskedToDeleteIsFound() {
        ledger.uploaded(ledger.now(), CAT, FIRST, false);

        ledger.notFoundToRead(FIRST);

        assertThatOnly(Kind.LOST);
    }

    @Test
    void theOnlyDeletionFindsTheImage() {
        ledger.uploaded(ledger.now(), CAT, FIRST, false);
        ledger.deleting(List.of(FIRST));

        ledger.notFoundToDelete(FIRST);

        assertThatOnly(Kind.LOST);
    }

    @Test
    void oneOfTwoDeletionsFindsTheImage() {
        ledger.uploaded(ledger.now(), CAT, FIRST, false);
        ledger.deleting(List.of(FIRST));
        ledger.deleting(List.of(FIRST));

        ledger.notFoundToDelete(FIRST);
        ledger.deleted(FIRST);

        assertThat(violations.all()).isEmpty();
    }

    @Test
    void twoDeletionsDoNotBothFindTheImage() {
        ledger.uploaded(ledger.now(), CAT, FIRST, false);
        ledger.deleting(List.of(FIRST));
        ledger.deleting(List.of(FIRST));

        ledger.deleted(FIRST);
        ledger.deleted(FIRST);

        assertThatOnly(Kind.UNDELETED);
    }

    @Test
    void anAcknowledgedDeletionIsNotUndone() {
        ledger.uploaded(ledger.now(), CAT, FIRST, false);
        ledger.deleting(List.of(FIRST));
        ledger.deleted(FIRST);

        ledger.settle(List.of(FIRST));

        assertThatOnly(Kind.UNDELETED);
    }

    @Test
    void aReadThatBeganAfterADeletionFindsNothing() {
        ledger.uploaded(ledger.now(), CAT, FIRST, false);
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
        ledger.uploaded(ledger.now(), CAT, FIRST, false);
        ledger.uploaded(ledger.now(), DOG, new Link(3, OWNER, "dog.png", DOG.digest()), false);
        ledger.deleting(ledger.links(Ledger.Fate.LIVE));

        ledger.settle(List.of(FIRST));

        assertThat(violations.all()).isEmpty();
        assertThat(ledger.links(Ledger.Fate.LIVE)).containsExactly(FIRST);
        assertThat(ledger.links(Ledger.Fate.GONE)).hasSize(1);
    }

    @Test
    void aDeletionOfSeveralHappensToAllOrToNone() {
        Link dog = new Link(3, OWNER, "dog.png", DOG.digest());
        ledger.uploaded(ledger.now(), CAT, FIRST, false);
        ledger.uploaded(ledger.now(), DOG, dog, false);
        ledger.deleting(List.of(FIRST, dog));
        ledger.deletionInDoubt(List.of(FIRST, dog));

        ledger.settle(List.of(FIRST));

        assertThatOnly(Kind.OTHER);
    }

    @Test
    void oneOfSeveralMayBeDeletedBySomebodyElse() {
        Link dog = new Link(3, OWNER, "dog.png", DOG.digest());
        ledger.uploaded(ledger.now(), CAT, FIRST, false);
        ledger.uploaded(ledger.now(), DOG, dog, false);
        ledger.deleting(List.of(FIRST, dog));
        ledger.deletionInDoubt(List.of(FIRST, dog));
        ledger.deleting(List.of(dog));
        ledger.deleted(dog);

        ledger.settle(List.of(FIRST));

        assertThat(violations.all()).isEmpty();
    }

    @Test
    void whatAnAuditHasSeenHasToStay() {
        ledger.uploaded(ledger.now(), CAT, FIRST, false);
        ledger.deleting(List.of(FIRST));
        ledger.settle(List.of(FIRST));

        ledger.settle(List.of());

        assertThatOnly(Kind.LOST);
    }

    @Test
    void whatAnAuditHasMissedMustNotComeBack() {
        ledger.uploaded(ledger.now(), CAT, FIRST, false);
        ledger.deleting(List.of(FIRST));
        ledger.settle(List.of());

        ledger.settle(List.of(FIRST));

        assertThatOnly(Kind.UNDELETED);
    }

    @Test
    void anUploadWithoutAnAnswerMayHaveHappened() {
        ledger.uploadInDoubt(OWNER, CAT);

        ledger.settle(List.of(FIRST));

        assertThat(violations.all()).isEmpty();
        assertThat(ledger.links(Ledger.Fate.LIVE)).containsExactly(FIRST);
    }

    @Test
    void anImageThatNobodyUploadedIsNotThere() {
        ledger.uploadInDoubt(OWNER, DOG);

        ledger.settle(List.of(FIRST));

        assertThatOnly(Kind.OTHER);
    }

    @Test
    void aDoubtEndsWithTheNextAudit() {
        ledger.uploadInDoubt(OWNER, CAT);
        ledger.settle(List.of());

        ledger.settle(List.of(FIRST));

        assertThatOnly(Kind.OTHER);
    }

    @Test
    void anImageKeepsItsNumberAndItsBytes() {
        ledger.uploaded(ledger.now(), CAT, FIRST, false);

        ledger.settle(List.of(new Link(FIRST.id(), OWNER, FIRST.filename(), DOG.digest())));

        assertThatOnly(Kind.LOST);
    }

    @Test
    void anUploadIsNotAnsweredWithAnotherPicture() {
        ledger.uploaded(ledger.now(), DOG, FIRST, true);

        assertThatOnly(Kind.LOST);
    }

    @Test
    void aReadIsNotAnsweredWithAnotherPicture() {
        ledger.uploaded(ledger.now(), CAT, FIRST, false);

        ledger.read(ledger.now(), FIRST, DOG.digest());

        assertThatOnly(Kind.LOST);
    }

    @Test
    void aDuplicateIsAnsweredWithTheImageThatIsThere() {
        ledger.uploaded(ledger.now(), CAT, FIRST, false);

        ledger.uploaded(ledger.now(), CAT, SECOND, false);

        assertThatOnly(Kind.OTHER);
    }

    @Test
    void anUploadThatBeganBeforeTheImageWasKnownMayGetAnother() {
        long before = ledger.now();
        ledger.uploaded(ledger.now(), CAT, FIRST, false);

        ledger.uploaded(before, CAT, SECOND, false);

        assertThat(violations.all()).isEmpty();
    }

    @Test
    void onlyOneUploadIsToldToBeTheFirst() {
        ledger.uploaded(ledger.now(), CAT, FIRST, false);

        ledger.uploaded(ledger.now(), CAT, FIRST, false);

        assertThatOnly(Kind.OTHER);
    }

    @Test
    void anUploadIsNotAnsweredWithWhatWasDeletedBefore() {
        ledger.uploaded(ledger.now(), CAT, FIRST, false);
        ledger.deleting(List.of(FIRST));
        long before = ledger.now();
        ledger.deleted(FIRST);
        ledger.uploaded(before, CAT, FIRST, true);
        assertThat(violations.all()).isEmpty();

        ledger.uploaded(ledger.now(), CAT, FIRST, true);

        assertThatOnly(Kind.DEAD_LINK);
    }

    @Test
    void tellsWhatWentSinceAMoment() {
        ledger.uploaded(ledger.now(), CAT, FIRST, false);
        ledger.deleting(List.of(FIRST));
        long before = ledger.now();
        ledger.deleted(FIRST);

        assertThat(ledger.goneSince(before)).containsExactly(FIRST);
        assertThat(ledger.goneSince(ledger.now())).isEmpty();
    }

    private void assertThatOnly(Kind kind) {
        assertThat(violations.all()).extracting(Violation::kind).containsExactly(kind);
    }
}
