package io.github.imagehost.rest.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.rest.chaos.Violation.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SharingLedgerTest {

    private static final Picture CAT = Picture.of("cat".getBytes(StandardCharsets.UTF_8));
    private static final Link LINK = new Link(1, new OwnerId(1), "cat.png", CAT.digest());
    private static final Terms PRIVATE = new Terms(true, false, OptionalLong.empty());
    private static final Terms ENDING = new Terms(false, true, OptionalLong.empty());
    private static final Terms TWO_VIEWS = new Terms(false, false, OptionalLong.of(2));

    private final Violations violations = new Violations();
    private final Ledger ledger = new Ledger(violations);

    @Test
    void aStrangerDoesNotSeeWhatIsPrivate() {
        uploaded(PRIVATE);

        ledger.shown(ledger.now(), LINK);

        assertThatOnly(Kind.EXPOSED);
    }

    @Test
    void aStrangerMayStillSeeWhatBecomesPrivateMeanwhile() {
        uploaded(Terms.UNLIMITED);
        long begun = ledger.now();
        change(Change.HIDE, PRIVATE);
        ledger.shown(begun, LINK);
        assertThat(violations.all()).isEmpty();

        ledger.shown(ledger.now(), LINK);

        assertThatOnly(Kind.EXPOSED);
    }

    @Test
    void whoeverSeesItIsInDoubtWhileAChangeIsNotAnswered() {
        uploaded(PRIVATE);
        assertThat(ledger.changing(LINK, Change.SHOW)).isTrue();
        assertThat(ledger.changing(LINK, Change.HIDE)).isFalse();

        ledger.shown(ledger.now(), LINK);
        ledger.hidden(ledger.now(), LINK);
        settle(Terms.UNLIMITED);

        assertThat(violations.all()).isEmpty();
        ledger.hidden(ledger.now(), LINK);
        assertThatOnly(Kind.LOST);
    }

    @Test
    void everybodySeesWhatIsPublic() {
        uploaded(Terms.UNLIMITED);

        ledger.hidden(ledger.now(), LINK);

        assertThatOnly(Kind.LOST);
    }

    @Test
    void anUploadInPrivateDoesNotMakeAPublicImage() {
        uploaded(PRIVATE, Terms.UNLIMITED, false);

        assertThatOnly(Kind.EXPOSED);
    }

    @Test
    void anUploadInPrivateOfWhatIsPublicChangesNothing() {
        uploaded(PRIVATE, Terms.UNLIMITED, true);

        assertThat(violations.all()).isEmpty();
    }

    @Test
    void anUploadIsNotAnsweredWithWhatEndsSooner() {
        uploaded(Terms.UNLIMITED, ENDING, true);

        assertThatOnly(Kind.LOST);
    }

    @Test
    void anImageThatIsLimitedMeanwhileMayEndSooner() {
        uploaded(Terms.UNLIMITED);
        long begun = ledger.now();
        change(Change.LIMIT, ENDING);
        ledger.uploaded(begun, CAT, Terms.UNLIMITED, new SharedLink(LINK, ENDING), true);

        end(ENDING);

        assertThat(violations.all()).isEmpty();
    }

    @Test
    void anImageThatWasUploadedWithoutAnEndHasNone() {
        uploaded(ENDING);
        uploaded(Terms.UNLIMITED, Terms.UNLIMITED, true);

        end(ENDING);

        assertThatOnly(Kind.LOST);
    }

    @Test
    void anImageHasAnEndAgainThatIsLimitedLater() {
        uploaded(Terms.UNLIMITED);
        change(Change.LIMIT, ENDING);

        settle(ENDING);
        end(ENDING);
        settle();

        assertThat(violations.all()).isEmpty();
    }

    @Test
    void whatHasEndedIsNotSeen() {
        uploaded(ENDING);
        long begun = ledger.now();
        end(ENDING);
        ledger.found(begun, LINK);
        assertThat(violations.all()).isEmpty();

        ledger.found(ledger.now(), LINK);

        assertThatOnly(Kind.OVERSTAYED);
    }

    @Test
    void whatHasAnEndIsThereUntilItComes() {
        uploaded(ENDING);

        ledger.notFoundToRead(LINK);

        assertThatOnly(Kind.LOST);
    }

    @Test
    void whatHasAnEndMayBeGoneWhileEndsAreComing() {
        uploaded(ENDING);
        ledger.endsBegin();
        ledger.notFoundToRead(LINK);
        ledger.endsAreOver();
        assertThat(violations.all()).isEmpty();

        ledger.notFoundToRead(LINK);

        assertThatOnly(Kind.LOST);
    }

    @Test
    void aChangeIsDoneWhenItIsAnswered() {
        uploaded(Terms.UNLIMITED);

        change(Change.HIDE, Terms.UNLIMITED);

        assertThatOnly(Kind.OTHER);
    }

    @Test
    void nobodySeesAnImageMoreOftenThanItMayBe() {
        uploaded(TWO_VIEWS);
        for (int i = 0; i < 2; i++) {
            ledger.viewing(LINK);
            ledger.viewed(LINK);
        }
        ledger.notFoundToRead(LINK);
        assertThat(violations.all()).isEmpty();

        ledger.viewed(LINK);

        assertThatOnly(Kind.OVERSTAYED);
    }

    @Test
    void aViewWithoutAnAnswerMayCountOrNot() {
        uploaded(TWO_VIEWS);
        ledger.viewing(LINK);
        settle(TWO_VIEWS);
        ledger.viewing(LINK);
        settle(new Terms(false, false, OptionalLong.of(1)));
        assertThat(violations.all()).isEmpty();

        settle(TWO_VIEWS);

        assertThatOnly(Kind.OVERSTAYED);
    }

    private void uploaded(Terms terms) {
        uploaded(terms, terms, false);
    }

    private void uploaded(Terms wanted, Terms answered, boolean duplicate) {
        ledger.uploaded(ledger.now(), CAT, wanted, new SharedLink(LINK, answered), duplicate);
    }

    private void change(Change change, Terms answered) {
        assertThat(ledger.changing(LINK, change)).isTrue();
        ledger.changed(ledger.now(), LINK, change, answered);
    }

    private void end(Terms terms) {
        ledger.endsBegin();
        ledger.ended(new SharedLink(LINK, terms));
        ledger.endsAreOver();
    }

    private void settle(Terms... found) {
        List<SharedLink> images =
                Stream.of(found).map(terms -> new SharedLink(LINK, terms)).toList();
        ledger.settle(images);
    }

    private void assertThatOnly(Kind kind) {
        assertThat(violations.all()).extracting(Violation::kind).containsExactly(kind);
    }
}
