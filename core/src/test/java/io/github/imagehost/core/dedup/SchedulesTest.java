package io.github.imagehost.core.dedup;

import static io.github.imagehost.core.dedup.Protocol.IMAGE;
import static io.github.imagehost.core.dedup.Protocol.delete;
import static io.github.imagehost.core.dedup.Protocol.end;
import static io.github.imagehost.core.dedup.Protocol.inOrder;
import static io.github.imagehost.core.dedup.Protocol.loss;
import static io.github.imagehost.core.dedup.Protocol.repair;
import static io.github.imagehost.core.dedup.Protocol.repeat;
import static io.github.imagehost.core.dedup.Protocol.repeatByThePort;
import static io.github.imagehost.core.dedup.Protocol.reserve;
import static io.github.imagehost.core.dedup.Protocol.reserveVariant;
import static io.github.imagehost.core.dedup.Protocol.scenario;
import static io.github.imagehost.core.dedup.Protocol.scenarioWithLoss;
import static io.github.imagehost.core.dedup.Protocol.scenarioWithQuota;
import static io.github.imagehost.core.dedup.Protocol.sweep;
import static io.github.imagehost.core.dedup.Protocol.upload;
import static io.github.imagehost.core.dedup.Protocol.uploadInPrivate;
import static io.github.imagehost.core.dedup.Protocol.uploadOfOtherBytes;
import static io.github.imagehost.core.dedup.Protocol.uploadOfOtherPicture;
import static io.github.imagehost.core.dedup.Protocol.uploadThatEnds;
import static io.github.imagehost.core.dedup.Protocol.uploadThatStartsOver;
import static io.github.imagehost.core.dedup.Protocol.variant;
import static io.github.imagehost.core.dedup.Protocol.variantThatStartsOver;
import static io.github.imagehost.core.testing.TestHost.ALICE;
import static io.github.imagehost.core.testing.TestHost.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.schedule.Explorer;
import io.github.imagehost.core.schedule.Explorer.Exploration;
import io.github.imagehost.core.schedule.Scenario;
import io.github.imagehost.core.testing.Depth;
import java.math.BigInteger;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The invariants of the protocol hold in every schedule of these scenarios. How many mishaps a schedule may have grows
 * with the {@link Depth} and the system property {@value #MORE_MISHAPS}; so does the time that it takes, about tenfold
 * for each.
 */
class SchedulesTest {

    static final String MORE_MISHAPS = "imagehost.schedules.moreMishaps";

    /** With these, every build finds each of the {@link PlantedMistakesTest}. */
    static final int LEAST_MISHAPS_OF_UPLOAD_AND_SWEEP = 2;

    static final int LEAST_MISHAPS_OF_TWO_PARTIES = 1;
    static final int LEAST_MISHAPS_OF_REPETITION_AND_ONE_MORE = 0;
    static final int LEAST_MISHAPS_OF_VARIANT_AND_ONE_MORE = 1;
    static final int MISHAPS_OF_THREE_PARTIES = 1;

    private static final int MISHAPS_OF_UPLOAD_AND_SWEEP = Depth.of(LEAST_MISHAPS_OF_UPLOAD_AND_SWEEP, 3);
    private static final int MISHAPS_OF_TWO_PARTIES = Depth.of(LEAST_MISHAPS_OF_TWO_PARTIES, 3);
    private static final int MISHAPS_OF_REPETITION_AND_ONE_MORE = Depth.of(LEAST_MISHAPS_OF_REPETITION_AND_ONE_MORE, 1);
    /** Variants take more steps than uploads. */
    private static final int MISHAPS_OF_VARIANT_AND_ONE_MORE = Depth.of(LEAST_MISHAPS_OF_VARIANT_AND_ONE_MORE, 2);

    /** Each of them takes many steps, so that one mishap makes ten times as many states. */
    private static final int MISHAPS_OF_BUSY_PARTIES = Depth.of(0, 1);

    private static final int MISHAPS_OF_TWO_VARIANTS_AND_ONE_MORE = 0;

    private static BigInteger schedules = BigInteger.ZERO;
    private static long states;

    static Stream<Scenario> scenarios() {
        int more = Integer.getInteger(MORE_MISHAPS, 0);
        return Stream.of(
                        uploadAndSweep().map(scenario -> scenario.mishaps(MISHAPS_OF_UPLOAD_AND_SWEEP)),
                        Stream.concat(twoParties(), twoPartiesAndLoss())
                                .map(scenario -> scenario.mishaps(MISHAPS_OF_TWO_PARTIES)),
                        repetitionAndOneMore().map(scenario -> scenario.mishaps(MISHAPS_OF_REPETITION_AND_ONE_MORE)),
                        Stream.concat(threePartiesOrStarts(), threePartiesAndLoss())
                                .map(scenario -> scenario.mishaps(MISHAPS_OF_THREE_PARTIES)),
                        busyParties().map(scenario -> scenario.mishaps(MISHAPS_OF_BUSY_PARTIES)),
                        variantAndOneMore().map(scenario -> scenario.mishaps(MISHAPS_OF_VARIANT_AND_ONE_MORE)),
                        variantAndTwoMoreOrStarts().map(scenario -> scenario.mishaps(MISHAPS_OF_THREE_PARTIES)),
                        twoVariantsAndOneMore().map(scenario -> scenario.mishaps(MISHAPS_OF_TWO_VARIANTS_AND_ONE_MORE)))
                .flatMap(scenarios -> scenarios)
                .map(scenario -> scenario.mishaps(scenario.mishaps() + more));
    }

    private static Stream<Scenario> uploadAndSweep() {
        return Stream.of(
                scenario("an upload and a sweep").with("a", upload(ALICE)).with("s", sweep()),
                scenario("two sweeps after an upload that crashed")
                        .after(reserve(ALICE))
                        .with("s", sweep())
                        .with("t", sweep()),
                scenario("an upload after one that crashed")
                        .after(reserve(ALICE))
                        .with("b", upload(BOB))
                        .with("s", sweep()));
    }

    private static Stream<Scenario> twoParties() {
        return Stream.of(
                scenario("two uploads by one owner").with("a", upload(ALICE)).with("b", upload(ALICE)),
                scenario("two uploads by two owners").with("a", upload(ALICE)).with("b", upload(BOB)),
                scenario("two uploads of two pictures").with("a", upload(ALICE)).with("b", uploadOfOtherPicture(ALICE)),
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
                scenario("an upload that takes over from a slow one")
                        .with("a", upload(ALICE))
                        .withLate("b", upload(BOB)),
                scenario("an upload that takes over from a slow one of the same owner")
                        .with("a", upload(ALICE))
                        .withLate("b", upload(ALICE)),
                scenario("an upload that takes over from one that crashed, and a sweep")
                        .after(reserve(ALICE))
                        .with("s", sweep())
                        .withLate("b", upload(BOB)),
                scenarioWithQuota("two uploads of two pictures by an owner who may have one")
                        .with("a", upload(ALICE))
                        .with("b", uploadOfOtherPicture(ALICE)),
                scenarioWithQuota(
                                "two uploads of two pictures, of which another owner has one, by an owner who may have one")
                        .after(upload(BOB))
                        .with("a", upload(ALICE))
                        .with("b", uploadOfOtherPicture(ALICE)),
                scenarioWithQuota("an upload by an owner who may have one image and deletes it")
                        .after(upload(ALICE))
                        .with("b", uploadOfOtherPicture(ALICE))
                        .with("d", delete(ALICE)),
                repeated("an upload that is repeated"),
                repeated("an upload that is deleted and repeated").with("a", inOrder(upload(ALICE), delete(ALICE))),
                repeated("an upload of what another owner has that is deleted and repeated")
                        .after(upload(BOB))
                        .with("a", inOrder(upload(ALICE), delete(ALICE))),
                scenario("an upload of what the owner has until it ends")
                        .after(uploadThatEnds(ALICE))
                        .with("a", upload(ALICE))
                        .with("t", end()),
                scenario("an upload of what another owner has until it ends")
                        .after(uploadThatEnds(ALICE))
                        .with("b", upload(BOB))
                        .with("t", inOrder(end(), sweep())),
                scenario("an upload that ends, and a sweep that removes it")
                        .with("a", uploadThatEnds(ALICE))
                        .with("t", inOrder(end(), sweep())),
                scenario("two uploads by one owner, of which one ends")
                        .with("a", uploadThatEnds(ALICE))
                        .with("b", upload(ALICE)),
                scenario("a deletion of what ends")
                        .after(uploadThatEnds(ALICE))
                        .with("d", delete(ALICE))
                        .with("t", inOrder(end(), sweep())),
                scenario("two uploads by one owner, of which one is private")
                        .with("a", uploadInPrivate(ALICE))
                        .with("b", upload(ALICE)),
                scenario("two uploads by two owners, of which one is private")
                        .with("a", uploadInPrivate(ALICE))
                        .with("b", upload(BOB)));
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
                scenario("an upload that takes over from a slow one, and a deletion")
                        .with("a", upload(ALICE))
                        .withLate("b", upload(BOB))
                        .withLate("d", delete(BOB)),
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
                scenario("two uploads by one owner, of which one ends, and a sweep that removes it")
                        .after(uploadThatEnds(ALICE))
                        .with("a", upload(ALICE))
                        .with("t", end())
                        .with("s", sweep()),
                scenario("an upload, a deletion and another upload, and a sweep")
                        .with("a", inOrder(upload(ALICE), delete(ALICE), upload(ALICE)))
                        .with("s", sweep()));
    }

    private static Stream<Scenario> busyParties() {
        return Stream.of(
                scenario("an upload that takes over from a slow one, and a sweep")
                        .with("a", upload(ALICE))
                        .withLate("b", upload(BOB))
                        .with("s", sweep()),
                scenario("two uploads by one owner and a sweep")
                        .with("a", upload(ALICE))
                        .with("b", upload(ALICE))
                        .with("s", sweep()),
                missing("two owners bring back what is missing, and one of them deletes it")
                        .with("a", upload(ALICE))
                        .with("b", upload(BOB))
                        .with("d", delete(ALICE)),
                scenario("three uploads of two pictures")
                        .with("a", upload(ALICE))
                        .with("b", upload(BOB))
                        .with("c", uploadOfOtherPicture(ALICE)),
                missing("an upload brings back what is missing, a repair and a deletion")
                        .with("b", upload(BOB))
                        .with("f", repair())
                        .with("d", delete(ALICE)),
                scenario("a variant that starts over, and one that takes over from it")
                        .after(upload(ALICE))
                        .with("v", variantThatStartsOver())
                        .withLate("w", variant()),
                scenario("a variant, a deletion of its image and a sweep")
                        .after(upload(ALICE))
                        .with("v", variant())
                        .with("d", delete(ALICE))
                        .with("s", sweep()));
    }

    private static Stream<Scenario> variantAndOneMore() {
        return Stream.of(
                scenario("two who ask for one variant")
                        .after(upload(ALICE))
                        .with("v", variant())
                        .with("w", variant()),
                scenario("a variant and a deletion of its image")
                        .after(upload(ALICE))
                        .with("v", variant())
                        .with("d", delete(ALICE)),
                scenario("a variant and a deletion of its image, which another owner has, too")
                        .after(inOrder(upload(ALICE), upload(BOB)))
                        .with("v", variant())
                        .with("d", delete(ALICE)),
                scenario("a variant and a sweep")
                        .after(upload(ALICE))
                        .with("v", variant())
                        .with("s", sweep()),
                scenario("a variant that takes over from a slow one")
                        .after(upload(ALICE))
                        .with("v", variant())
                        .withLate("w", variant()),
                scenario("a variant that takes over from one that crashed, and a sweep")
                        .after(inOrder(upload(ALICE), reserveVariant()))
                        .with("s", sweep())
                        .withLate("v", variant()));
    }

    private static Stream<Scenario> variantAndTwoMoreOrStarts() {
        return Stream.of(
                scenario("a variant that starts over, and a sweep")
                        .after(upload(ALICE))
                        .with("v", variantThatStartsOver())
                        .with("s", sweep()),
                scenario("a variant that starts over, and a deletion of its image")
                        .after(upload(ALICE))
                        .with("v", variantThatStartsOver())
                        .with("d", delete(ALICE)),
                scenario("a variant, and a deletion of its image, which is uploaded again")
                        .after(upload(ALICE))
                        .with("v", variant())
                        .with("d", inOrder(delete(ALICE), upload(ALICE))),
                scenario("a variant, deletions by both owners of its image")
                        .after(inOrder(upload(ALICE), upload(BOB)))
                        .with("v", variant())
                        .with("d", delete(ALICE))
                        .with("e", delete(BOB)));
    }

    private static Stream<Scenario> twoVariantsAndOneMore() {
        return Stream.of(scenario("two who ask for one variant, and a deletion of its image")
                .after(upload(ALICE))
                .with("v", variant())
                .with("w", variant())
                .with("d", delete(ALICE)));
    }

    private static Stream<Scenario> twoPartiesAndLoss() {
        return Stream.of(
                missing("two owners bring back what is missing")
                        .with("a", upload(ALICE))
                        .with("b", upload(BOB)),
                missing("an owner deletes what is missing while another one brings it back")
                        .with("b", upload(BOB))
                        .with("d", delete(ALICE)),
                missing("an owner brings back what is missing and deletes it")
                        .with("a", upload(ALICE))
                        .with("d", delete(ALICE)),
                missing("an upload brings back what is missing, and a repair")
                        .with("b", upload(BOB))
                        .with("f", repair()),
                missing("two owners bring back other bytes of what is missing")
                        .with("a", upload(ALICE))
                        .with("b", uploadOfOtherBytes(BOB)),
                missing("an upload brings back what is missing, and a sweep")
                        .with("b", upload(BOB))
                        .with("s", sweep()),
                missing("the first upload of what is missing is repeated, and another owner brings it back")
                        .with("b", upload(BOB))
                        .with("r", repeatByThePort(ALICE, IMAGE)),
                missing("the first upload of what is missing is repeated, and its image deleted")
                        .with("d", delete(ALICE))
                        .with("r", repeatByThePort(ALICE, IMAGE)),
                scenarioWithLoss("the store loses what somebody uploads")
                        .with("a", upload(ALICE))
                        .with("x", loss()),
                scenarioWithLoss("a repair and a deletion of what is lost")
                        .after(inOrder(upload(ALICE), loss()))
                        .with("f", repair())
                        .with("d", delete(ALICE)));
    }

    private static Stream<Scenario> threePartiesAndLoss() {
        return Stream.of(
                scenarioWithLoss("the store loses what another owner uploads, and a repair")
                        .after(upload(ALICE))
                        .with("b", upload(BOB))
                        .with("f", repair())
                        .with("x", loss()),
                scenarioWithLoss("the store loses what the owner deletes, and a repair")
                        .after(upload(ALICE))
                        .with("d", delete(ALICE))
                        .with("f", repair())
                        .with("x", loss()),
                scenarioWithLoss("two repairs of what is lost, and an upload that brings it back")
                        .after(inOrder(upload(ALICE), loss()))
                        .with("b", upload(BOB))
                        .with("f", repair())
                        .with("g", repair()),
                scenarioWithLoss("a repair of what is lost, a deletion and a sweep")
                        .after(inOrder(upload(ALICE), loss()))
                        .with("f", repair())
                        .with("d", delete(ALICE))
                        .with("s", sweep()));
    }

    /** After an upload whose object was lost, which is noted. */
    private static Scenario missing(String name) {
        return scenarioWithLoss(name).after(inOrder(upload(ALICE), loss(), repair()));
    }

    private static Stream<Scenario> repetitionAndOneMore() {
        return Stream.of(
                repeated("an upload that is repeated, and another one by the same owner")
                        .with("b", upload(ALICE)),
                repeated("an upload that is repeated, and one by another owner").with("b", upload(BOB)),
                repeated("an upload that is repeated, and a deletion").with("d", delete(ALICE)),
                repeated("an upload that is repeated, and a sweep").with("s", sweep()),
                repeated("an upload that is repeated, of what another owner deletes")
                        .after(upload(BOB))
                        .with("d", delete(BOB)),
                repeated("an upload that is repeated, of what the owner deletes")
                        .after(upload(ALICE))
                        .with("d", delete(ALICE)),
                repeating(
                                scenarioWithLoss(
                                        "an upload that is repeated, and the loss of its object, which is noted"),
                                ALICE)
                        .with("x", inOrder(loss(), repair())),
                repeating(missing("an upload that is repeated brings back what is missing and is deleted"), BOB)
                        .with("d", delete(ALICE)));
    }

    private static Scenario repeated(String name) {
        return repeating(scenario(name), ALICE);
    }

    /** An upload, and a repetition as soon as it has come to its end, or was killed. */
    private static Scenario repeating(Scenario scenario, OwnerId owner) {
        return scenario.with("a", upload(owner)).withSuccessor("r", "a", repeat(owner, "a-1.png"));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("scenarios")
    void theInvariantsHoldInEverySchedule(Scenario scenario) {
        Exploration exploration = Explorer.explore(scenario);

        assertThat(exploration.states()).isGreaterThan(scenario.parties().size());
        print(scenario + ", mishaps: " + scenario.mishaps(), exploration.schedules(), exploration.states());
        count(exploration);
    }

    private static synchronized void count(Exploration exploration) {
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
