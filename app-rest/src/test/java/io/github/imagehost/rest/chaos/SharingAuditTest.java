package io.github.imagehost.rest.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.rest.chaos.Violation.Kind;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** An audit complains about images that others may see, or for longer, than was said. */
class SharingAuditTest extends AuditScene {

    private static final Terms PRIVATE = new Terms(true, false, OptionalLong.empty());
    private static final Terms ENDING = new Terms(false, true, OptionalLong.empty());
    private static final Terms TWO_VIEWS = new Terms(false, false, OptionalLong.of(2));

    @Test
    void findsNoFaultWithWhatIsRight() throws Exception {
        Link hidden = upload(PRIVATE);
        change(hidden, Change.LIMIT);
        Link seen = upload(TWO_VIEWS);
        view(seen);
        audit();
        assertThat(violations().all()).isEmpty();

        view(seen);
        assertThat(ends()).isEqualTo(1);
        Audit.Report report = audit();

        assertThat(violations().all()).isEmpty();
        assertThat(report.images()).isZero();
        assertThat(ledger().links(Ledger.Fate.GONE)).containsExactlyInAnyOrder(hidden, seen);
    }

    @Test
    void findsThatEverybodySeesWhatIsPrivate() throws Exception {
        upload(PRIVATE);
        installation().database().execute("UPDATE imagehost_image SET visibility = 'PUBLIC'");

        audit();

        assertThat(found()).containsExactly(Kind.EXPOSED);
    }

    @Test
    void findsThatStrangersSeeWhatIsPrivate() throws Exception {
        Link link = upload(PRIVATE);
        ledger().shown(ledger().now(), link);

        assertThat(found()).containsExactly(Kind.EXPOSED);
    }

    @Test
    void findsThatNobodySeesWhatIsForEverybody() throws Exception {
        Link link = upload();
        change(link, Change.HIDE);
        change(link, Change.SHOW);
        installation().database().execute("UPDATE imagehost_image SET visibility = 'PRIVATE'");

        audit();

        assertThat(found()).containsExactly(Kind.LOST);
    }

    @Test
    void findsThatSomethingHasAnEndThatWasToHaveNone() throws Exception {
        Link link = upload(ENDING);
        change(link, Change.UNLIMIT);
        installation().database().execute("UPDATE imagehost_image SET expires_at = TIMESTAMPADD(DAY, 1, uploaded_at)");

        audit();

        assertThat(found()).containsExactly(Kind.LOST);
    }

    @Test
    void findsThatSomethingIsThereAfterItsEnd() throws Exception {
        upload(ENDING);
        ends();
        installation().database().execute("UPDATE imagehost_image SET expires_at = NULL");

        audit();

        // in the database, and by a look
        assertThat(found()).containsExactly(Kind.OVERSTAYED, Kind.UNDELETED);
    }

    @Test
    void findsThatSomethingHasEndedThoughItsEndHasNotCome() throws Exception {
        upload(ENDING);
        installation().database().execute("UPDATE imagehost_image SET expires_at = uploaded_at");

        audit();

        assertThat(found()).containsExactly(Kind.LOST);
    }

    @Test
    void findsThatWhatHasEndedIsNotRemoved() throws Exception {
        upload(TWO_VIEWS);
        installation().database().execute("UPDATE imagehost_image SET views_left = 0");

        auditAtOnce();

        // after the sweeps, and because nobody looked
        assertThat(found()).contains(Kind.ORPHAN, Kind.OVERSTAYED);
    }

    @Test
    void findsThatAViewWasNotCounted() throws Exception {
        Link link = upload(TWO_VIEWS);
        view(link);
        installation().database().execute("UPDATE imagehost_image SET views_left = 2");

        audit();

        assertThat(found()).containsExactly(Kind.OVERSTAYED);
    }

    @Test
    void findsThatOneViewWasCountedTwice() throws Exception {
        upload(TWO_VIEWS);
        installation().database().execute("UPDATE imagehost_image SET views_left = 1");

        audit();

        assertThat(found()).containsExactly(Kind.OVERSTAYED);
    }

    private int ends() {
        return new MetadataView(installation().database()).endImages(ledger());
    }

    private void view(Link link) throws Exception {
        ledger().viewing(link);
        assertThat(Way.WHOLE.take(client(), link).status()).isEqualTo(200);
        ledger().viewed(link);
    }

    private void change(Link link, Change change) throws Exception {
        assertThat(ledger().changing(link, change)).isTrue();
        long begun = ledger().now();
        Terms told =
                Terms.told(client().send("PATCH", "/api/images/" + link.id(), BodyPublishers.ofString(change.json()))
                        .data());
        ledger().changed(begun, link, change, told);
    }
}
