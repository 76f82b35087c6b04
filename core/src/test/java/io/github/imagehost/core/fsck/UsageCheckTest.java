package io.github.imagehost.core.fsck;

import static io.github.imagehost.core.testing.TestHost.ALICE;
import static io.github.imagehost.core.testing.TestHost.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.fsck.StoreFinding.Kind;
import io.github.imagehost.core.fsck.StoreFinding.Repair;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.port.repository.administration.Miscount;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsageCheckTest {

    private static final StoreCheckOptions CHECK = StoreCheckOptions.DEFAULT;
    private static final StoreCheckOptions REPAIR = CHECK.repairing();

    private final TestHost test = new TestHost();
    private final List<StoreFinding> told = new ArrayList<>();
    private RepairRight right = RepairRight.UNDISPUTED;

    @BeforeEach
    void uploadForTwoOwners() throws IOException {
        test.upload(ALICE, Pictures.uniquePng());
        test.upload(BOB, Pictures.uniquePng());
    }

    private List<StoreFinding> check(StoreCheckOptions options) {
        return new UsageCheck(test.repository().port(), right, owner -> "owner-" + owner.value())
                .run(options, told::add, () -> false);
    }

    @Test
    void findsNothingWhereEverybodyIsCountedRight() {
        assertThat(check(REPAIR)).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void tellsWhoIsMiscountedAndChangesNothing() {
        Usage actual = test.rows().usage(BOB);
        test.rows().count(BOB, new Usage(2, 50));

        assertThat(check(CHECK))
                .containsExactly(new StoreFinding(
                        Kind.MISCOUNTED,
                        "owner-" + BOB.value(),
                        "it is counted to have 3 images and " + (actual.bytes() + 50) + " bytes, but has 1 images and "
                                + actual.bytes() + " bytes",
                        Repair.NONE,
                        Optional.empty()))
                .isEqualTo(told);
        assertThat(check(CHECK)).hasSize(1);
    }

    @Test
    void countsAnewIfItIsAskedToRepair() {
        Usage actual = test.rows().usage(ALICE);
        test.rows().count(ALICE, new Usage(0, -1));

        assertThat(check(REPAIR))
                .singleElement()
                .extracting(StoreFinding::repair)
                .isEqualTo(Repair.DONE);
        assertThat(test.rows().usage(ALICE)).isEqualTo(actual);
        assertThat(check(REPAIR)).isEmpty();
    }

    /** Hours of other checks may have gone before. */
    @Test
    void tellsThatNobodyKnowsInsteadOfThrowing() {
        test.repository().next("miscounts", Faults.failBefore(new RepositoryUnavailableException("away")));

        assertThat(check(REPAIR))
                .containsExactly(new StoreFinding(
                        Kind.COUNTS_NOT_CHECKED,
                        "owners",
                        "whether they are counted right could not be found out: away",
                        Repair.NONE,
                        Optional.empty()))
                .isEqualTo(told);
    }

    @Test
    void stopsBetweenOwners() {
        test.rows().count(ALICE, new Usage(1, 1));
        test.rows().count(BOB, new Usage(1, 1));

        List<StoreFinding> found = new UsageCheck(test.repository().port(), right, String::valueOf)
                .run(REPAIR, told::add, () -> !told.isEmpty());

        assertThat(found).hasSize(1).isEqualTo(told);
        assertThat(test.rows().miscounts(() -> false))
                .extracting(Miscount::owner)
                .containsExactly(BOB);
    }

    @Test
    void whatCannotBeCountedAnewDoesNotKeepItFromTheOthers() {
        test.rows().count(ALICE, new Usage(1, 1));
        test.rows().count(BOB, new Usage(1, 1));
        test.repository().next("recount", Faults.failBefore(new RepositoryUnavailableException("away")));

        assertThat(check(REPAIR)).extracting(StoreFinding::repair).containsExactly(Repair.FAILED, Repair.DONE);
        assertThat(told.get(0).detail()).endsWith("; not repaired: away");
    }

    @Test
    void whoeverHasLostItsTurnCountsNothingAnew() {
        test.rows().count(ALICE, new Usage(1, 1));
        right = () -> {
            throw new RepairLostException("lost");
        };

        assertThatThrownBy(() -> check(REPAIR))
                .isInstanceOf(RepairLostException.class)
                .hasMessage("lost");

        assertThat(told).isEmpty();
        assertThat(test.repository().calls("recount")).isZero();
        assertThat(check(CHECK)).as("of a check that only looks").hasSize(1);
    }

    @Test
    void aTurnThatCannotBeConfirmedKeepsNobodyFromTheReport() {
        test.rows().count(ALICE, new Usage(1, 1));
        right = () -> {
            throw new RepositoryUnavailableException("away");
        };

        assertThat(check(REPAIR)).extracting(StoreFinding::repair).containsExactly(Repair.FAILED);
    }
}
