package io.github.imagehost.core.dedup;

import static io.github.imagehost.core.dedup.Protocol.delete;
import static io.github.imagehost.core.dedup.Protocol.inOrder;
import static io.github.imagehost.core.dedup.Protocol.reserve;
import static io.github.imagehost.core.dedup.Protocol.scenario;
import static io.github.imagehost.core.dedup.Protocol.sweep;
import static io.github.imagehost.core.dedup.Protocol.upload;
import static io.github.imagehost.core.dedup.Protocol.uploadThatStartsOver;
import static io.github.imagehost.core.testing.TestHost.ALICE;
import static io.github.imagehost.core.testing.TestHost.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.schedule.Explorer;
import io.github.imagehost.core.testing.schedule.Explorer.Exploration;
import io.github.imagehost.core.testing.schedule.Scenario;
import java.math.BigInteger;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The invariants of the protocol hold in every schedule of these scenarios. How many mishaps a schedule may have grows with the
 * system property {@value #MORE_MISHAPS}; so does the time that it takes, about tenfold for each.
 */
class SchedulesTest {

    static final String MORE_MISHAPS = "imagehost.schedules.moreMishaps";

    private static final int MISHAPS_OF_TWO_PARTIES = 3;
    private static final int MISHAPS_OF_THREE_PARTIES = 1;

    private static BigInteger schedules = BigInteger.ZERO;
    private static long states;

    static Stream<Scenario> scenarios() {
        int more = Integer.getInteger(MORE_MISHAPS, 0);
        return Stream.concat(
                twoParties().map(scenario -> scenario.mishaps(MISHAPS_OF_TWO_PARTIES + more)),
                threePartiesOrStarts().map(scenario -> scenario.mishaps(MISHAPS_OF_THREE_PARTIES + more)));
    }

    private static Stream<Scenario> twoParties() {
        return Stream.of(
                scenario("two uploads by one owner").with("a", upload(ALICE)).with("b", upload(ALICE)),
                scenario("two uploads by two owners").with("a", upload(ALICE)).with("b", upload(BOB)),
                scenario("an upload and a sweep").with("a", upload(ALICE)).with("s", sweep()),
                scenario("an upload and a deletion").with("a", upload(ALICE)).with("d", delete(ALICE)),
                scenario("an upload of what the owner deletes")
                        .after(upload(ALICE))
                        .with("a", upload(ALICE))
                        .with("d", delete(ALICE)),
                scenario("an upload of what another owner deletes")
                        .after(upload(ALICE))
                        .with("b", upload(BOB))
                        .with("d", delete(ALICE)),
                scenario("two deletions of one image")
                        .after(upload(ALICE))
                        .with("d", delete(ALICE))
                        .with("e", delete(ALICE)),
                scenario("two owners delete what both have")
                        .after(inOrder(upload(ALICE), upload(BOB)))
                        .with("d", delete(ALICE))
                        .with("e", delete(BOB)),
                scenario("a deletion and a sweep")
                        .after(upload(ALICE))
                        .with("d", delete(ALICE))
                        .with("s", sweep()),
                scenario("two sweeps after an upload that crashed")
                        .after(reserve(ALICE))
                        .with("s", sweep())
                        .with("t", sweep()),
                scenario("an upload after one that crashed")
                        .after(reserve(ALICE))
                        .with("b", upload(BOB))
                        .with("s", sweep()),
                scenario("an upload that takes over from a slow one")
                        .with("a", upload(ALICE))
                        .withLate("b", upload(BOB)),
                scenario("an upload that takes over from a slow one of the same owner")
                        .with("a", upload(ALICE))
                        .withLate("b", upload(ALICE)),
                scenario("an upload that takes over from one that crashed, and a sweep")
                        .after(reserve(ALICE))
                        .with("s", sweep())
                        .withLate("b", upload(BOB)));
    }

    private static Stream<Scenario> threePartiesOrStarts() {
        return Stream.of(
                scenario("two uploads by two owners, of which one starts over")
                        .with("a", uploadThatStartsOver(ALICE))
                        .with("b", upload(BOB)),
                scenario("an upload that takes over from one that starts over")
                        .with("a", uploadThatStartsOver(ALICE))
                        .withLate("b", upload(BOB)),
                scenario("an upload that starts over, and a sweep")
                        .with("a", uploadThatStartsOver(ALICE))
                        .with("s", sweep()),
                scenario("an upload that takes over from a slow one, and a sweep")
                        .with("a", upload(ALICE))
                        .withLate("b", upload(BOB))
                        .with("s", sweep()),
                scenario("an upload that takes over from a slow one, and a deletion")
                        .with("a", upload(ALICE))
                        .withLate("b", upload(BOB))
                        .withLate("d", delete(BOB)),
                scenario("two uploads by one owner and a sweep")
                        .with("a", upload(ALICE))
                        .with("b", upload(ALICE))
                        .with("s", sweep()),
                scenario("two uploads by two owners and a deletion")
                        .with("a", upload(ALICE))
                        .with("b", upload(BOB))
                        .with("d", delete(ALICE)),
                scenario("uploads by two owners of what one of them deletes")
                        .after(upload(ALICE))
                        .with("a", upload(ALICE))
                        .with("b", upload(BOB))
                        .with("d", delete(ALICE)),
                scenario("an upload, a deletion and a sweep")
                        .after(upload(ALICE))
                        .with("a", upload(ALICE))
                        .with("d", delete(ALICE))
                        .with("s", sweep()),
                scenario("an upload, a deletion and another upload, and a sweep")
                        .with("a", inOrder(upload(ALICE), delete(ALICE), upload(ALICE)))
                        .with("s", sweep()));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theInvariantsHoldInEverySchedule(Scenario scenario) {
        Exploration exploration = Explorer.explore(scenario);

        assertThat(exploration.states()).isGreaterThan(scenario.parties().size());
        print(scenario + ", mishaps: " + scenario.mishaps(), exploration.schedules(), exploration.states());
        schedules = schedules.add(exploration.schedules());
        states += exploration.states();
    }

    @AfterAll
    static void printTheSum() {
        print("All together", schedules, states);
    }

    private static void print(String what, BigInteger howManySchedules, long howManyStates) {
        System.out.printf(Locale.ROOT, "%s: %,d schedules through %,d states%n", what, howManySchedules, howManyStates);
    }
}
