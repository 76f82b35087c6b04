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
import static io.github.imagehost.core.dedup.Protocol.scenario;
import static io.github.imagehost.core.dedup.Protocol.scenarioWithLoss;
import static io.github.imagehost.core.dedup.Protocol.scenarioWithQuota;
import static io.github.imagehost.core.dedup.Protocol.sweep;
import static io.github.imagehost.core.dedup.Protocol.upload;
import static io.github.imagehost.core.dedup.Protocol.uploadInPrivate;
import static io.github.imagehost.core.dedup.Protocol.uploadOfOtherBytes;
import static io.github.imagehost.core.dedup.Protocol.uploadOfOtherPicture;
import static io.github.imagehost.core.dedup.Protocol.uploadThatEnds;
import static io.github.imagehost.core.dedup.Protocol.variant;
import static io.github.imagehost.core.dedup.Protocol.withQuota;
import static io.github.imagehost.core.testing.TestHost.ALICE;
import static io.github.imagehost.core.testing.TestHost.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.imagehost.core.schedule.Explorer;
import io.github.imagehost.core.schedule.Scenario;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The explorer can see: it finds every mistake that is planted into the protocol, and finds nothing without it. */
class PlantedMistakesTest {

    /** What somebody reads to its end. */
    private static final int LONGEST_TRACE = 25;

    private static final Scenario UPLOAD = scenario("an upload").with("a", upload(ALICE));

    private static final Scenario UPLOAD_AND_SWEEP = UPLOAD.with("s", sweep());

    private static final Scenario TWO_UPLOADS = UPLOAD.with("b", upload(BOB));

    private static final Scenario TWO_PICTURES_OF_ONE_ALLOWED = scenarioWithQuota("two uploads of two pictures")
            .with("a", upload(ALICE))
            .with("b", uploadOfOtherPicture(ALICE));

    private static final Scenario TWO_PICTURES =
            scenario("two uploads of two pictures").with("a", upload(ALICE)).with("b", uploadOfOtherPicture(BOB));

    private static final Scenario TAKEOVER = UPLOAD.withLate("b", upload(BOB));

    private static final Scenario UPLOAD_OF_WHAT_ANOTHER_HAS =
            scenario("an upload of what another has").after(upload(ALICE)).with("b", upload(BOB));

    private static final Scenario UPLOAD_OF_WHAT_ENDS =
            scenario("an upload of what ends").after(uploadThatEnds(ALICE)).with("a", upload(ALICE));

    private static final Scenario UPLOAD_OF_WHAT_IS_PRIVATE = scenario("an upload of what is private")
            .after(uploadInPrivate(ALICE))
            .with("a", upload(ALICE));

    private static final Scenario DELETION =
            scenario("a deletion").after(upload(ALICE)).with("d", delete(ALICE));

    private static final Scenario DELETION_AND_SWEEP = DELETION.with("s", sweep());

    private static final Scenario DELETION_OF_WHAT_ANOTHER_UPLOADS = DELETION.with("b", upload(BOB));

    private static final Scenario DELETION_OF_WHAT_ANOTHER_HAS = DELETION.after(inOrder(upload(ALICE), upload(BOB)));

    private static final Scenario UPLOAD_AGAIN =
            scenario("an upload after a deletion").with("a", inOrder(upload(ALICE), delete(ALICE), upload(ALICE)));

    private static final Scenario VARIANT =
            scenario("a variant").after(upload(ALICE)).with("v", variant());

    private static final Scenario VARIANT_AND_SWEEP = VARIANT.with("s", sweep());

    private static final Scenario VARIANT_AND_DELETION = VARIANT.with("d", delete(ALICE));

    private static final Scenario VARIANT_THAT_IS_TAKEN_OVER = VARIANT.withLate("w", variant());

    private static final Scenario RESTORATION = scenarioWithLoss("an upload of what is missing")
            .after(inOrder(upload(ALICE), loss(), repair()))
            .with("b", upload(BOB));

    private static final Scenario RESTORATION_OF_OTHER_BYTES = RESTORATION.with("o", uploadOfOtherBytes(ALICE));

    private static final Scenario RESTORATION_AND_DELETION = RESTORATION.with("d", delete(ALICE));

    private static final Scenario RESTORATION_AND_REPAIRS = RESTORATION
            .after(inOrder(upload(ALICE), loss()))
            .with("f", repair())
            .with("g", repair());

    private static final Scenario RESTORATION_BY_REPETITION = RESTORATION.with("b", repeatByThePort(ALICE, IMAGE));

    private static final Scenario REPETITION = UPLOAD.withSuccessor("r", "a", repeat(ALICE, "a-1.png"));

    /** So long that the repository has forgotten the name of what was deleted. */
    private static final Scenario REPETITION_LONG_AFTER_A_DELETION = scenario("an upload that is repeated")
            .after(upload(BOB))
            .with("a", inOrder(upload(ALICE), delete(ALICE)))
            .withSuccessor("r", "a", repeat(ALICE, "a-1.png"))
            .on(MistakenRepository.ReusingNames::new);

    private static final Scenario REPETITION_LONG_AFTER_A_CRASH = scenario("an upload that is repeated after a crash")
            .after(reserve(BOB))
            .withLate("a", reserve(ALICE))
            .withSuccessor("r", "a", repeat(ALICE, "a-1.png"))
            .with("s", sweep());

    /** Those in which nothing was found; many mistakes are planted into the same one. */
    private static final Set<Scenario> RIGHT = new HashSet<>();

    /**
     * A mistake in the protocol.
     *
     * @param invariant what it breaks
     * @param right a scenario without it
     * @param wrong the same with it
     */
    record Mistake(String name, int invariant, Scenario right, Scenario wrong) {

        /** With how many mishaps every build explores such scenarios in {@link SchedulesTest}. */
        int mostMishaps() {
            Set<String> parties = wrong.parties().keySet();
            if (parties.size() > 2) {
                return parties.contains("r")
                        ? SchedulesTest.LEAST_MISHAPS_OF_REPETITION_AND_ONE_MORE
                        : SchedulesTest.MISHAPS_OF_THREE_PARTIES;
            }
            if (parties.contains("v")) {
                return SchedulesTest.LEAST_MISHAPS_OF_VARIANT_AND_ONE_MORE;
            }
            return parties.equals(Set.of("a", "s"))
                    ? SchedulesTest.LEAST_MISHAPS_OF_UPLOAD_AND_SWEEP
                    : SchedulesTest.LEAST_MISHAPS_OF_TWO_PARTIES;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                        mistakesWithImages(),
                        mistakesWithVariants(),
                        mistakesWithLosses(),
                        mistakesWithRepetitions(),
                        mistakesWithQuotas(),
                        mistakesWithSharing(),
                        mistakesWithBatches())
                .flatMap(mistakes -> mistakes);
    }

    private static Stream<Mistake> mistakesWithVariants() {
        return Stream.of(
                new Mistake(
                        "a variant puts the object before there is a row",
                        3,
                        VARIANT,
                        VARIANT.with("v", MistakenProtocol.variantThatPutsBeforeItReserves())),
                new Mistake(
                        "a variant is answered before it is complete",
                        1,
                        VARIANT,
                        VARIANT.with("v", MistakenProtocol.variantThatAnswersBeforeItCompletes())),
                new Mistake(
                        "a variant that can't complete deletes its object",
                        1,
                        VARIANT,
                        VARIANT.with("v", MistakenProtocol.variantThatDeletesItsObjectWhenItCannotComplete())),
                new Mistake(
                        "a variant whose reservation was lost is answered as if its image were gone",
                        4,
                        VARIANT_AND_SWEEP,
                        VARIANT_AND_SWEEP.with("v", MistakenProtocol.variantThatTakesALostReservationForADeletion())),
                new Mistake(
                        "a variant that took too long sends its object all the same",
                        3,
                        VARIANT_AND_SWEEP,
                        VARIANT_AND_SWEEP.with("v", MistakenProtocol.variantThatForgetsTheTime())),
                new Mistake(
                        "a variant is reserved without looking at its source",
                        5,
                        VARIANT_AND_DELETION,
                        VARIANT_AND_DELETION.on(MistakenRepository.DerivingFromTheCondemned::new)),
                new Mistake(
                        "a variant completes although it went with its source",
                        5,
                        VARIANT_AND_DELETION,
                        VARIANT_AND_DELETION.on(MistakenRepository.CompletingWhatWasLost::new)),
                new Mistake(
                        "a variant that gives up takes another one's reservation with it",
                        1,
                        VARIANT_THAT_IS_TAKEN_OVER,
                        VARIANT_THAT_IS_TAKEN_OVER.on(MistakenRepository.AbandoningByDigest::new)),
                new Mistake(
                        "a variant that takes over keeps the object's key",
                        4,
                        VARIANT_THAT_IS_TAKEN_OVER,
                        VARIANT_THAT_IS_TAKEN_OVER.on(MistakenRepository.TakingTheKeyOver::new)),
                new Mistake(
                        "a variant that asks again reserves its key a second time",
                        6,
                        VARIANT_AND_SWEEP,
                        VARIANT_AND_SWEEP.on(MistakenRepository.ReusingNames::new)),
                new Mistake(
                        "a deletion condemns a blob without its variants",
                        5,
                        VARIANT_AND_DELETION,
                        VARIANT_AND_DELETION.on(MistakenRepository.CondemningNoVariants::new)));
    }

    private static Stream<Mistake> mistakesWithQuotas() {
        return Stream.of(
                new Mistake(
                        "a quota is looked at before there is an image, and not again",
                        9,
                        TWO_PICTURES_OF_ONE_ALLOWED,
                        TWO_PICTURES_OF_ONE_ALLOWED.on(
                                clock -> withQuota(new MistakenRepository.LookingAtTheQuotaTooSoon(clock)))),
                new Mistake(
                        "what another owner has does not count",
                        9,
                        TWO_PICTURES_OF_ONE_ALLOWED.after(upload(BOB)),
                        TWO_PICTURES_OF_ONE_ALLOWED
                                .after(upload(BOB))
                                .on(clock -> withQuota(new MistakenRepository.AttachingBeyondTheQuota(clock)))),
                new Mistake(
                        "an image that was made is refused when somebody asks again whether it was",
                        4,
                        TWO_PICTURES_OF_ONE_ALLOWED,
                        TWO_PICTURES_OF_ONE_ALLOWED.on(
                                clock -> withQuota(new MistakenRepository.RefusingWhatWasDone(clock)))));
    }

    private static Stream<Mistake> mistakesWithSharing() {
        return Stream.of(
                new Mistake(
                        "an upload is answered with an image that ends before the upload should",
                        10,
                        UPLOAD_OF_WHAT_ENDS,
                        UPLOAD_OF_WHAT_ENDS.on(MistakenRepository.AnsweringWithWhatEnds::new)),
                new Mistake(
                        "an upload brings back what has ended",
                        6,
                        UPLOAD_OF_WHAT_ENDS.with("t", end()),
                        UPLOAD_OF_WHAT_ENDS.with("t", end()).on(MistakenRepository.OverlookingTheEnd::new)),
                new Mistake(
                        "a sweep removes what was given another end meanwhile",
                        7,
                        UPLOAD_OF_WHAT_ENDS.with("s", sweep()),
                        UPLOAD_OF_WHAT_ENDS.with("s", sweep()).on(MistakenRepository.RemovingTooSoon::new)),
                new Mistake(
                        "a sweep leaves what has ended",
                        10,
                        UPLOAD_OF_WHAT_ENDS.with("a", delete(BOB)),
                        UPLOAD_OF_WHAT_ENDS.with("a", delete(BOB)).on(MistakenRepository.LeavingWhatHasEnded::new)),
                new Mistake(
                        "an upload shows others what the owner has in private",
                        11,
                        UPLOAD_OF_WHAT_IS_PRIVATE,
                        UPLOAD_OF_WHAT_IS_PRIVATE.on(MistakenRepository.ShowingWhatIsPrivate::new)));
    }

    private static Stream<Mistake> mistakesWithBatches() {
        return Stream.of(
                new Mistake(
                        "the answers of a batch are given out in another order",
                        8,
                        TWO_UPLOADS,
                        TWO_UPLOADS.sharing(new MistakenBatching.AnsweringByPosition())),
                new Mistake(
                        "a batch is done for all but one, who is answered as the others",
                        4,
                        TWO_PICTURES,
                        TWO_PICTURES.sharing(new MistakenBatching.OverlookingOneMember())),
                new Mistake(
                        "two members of a batch get the same new content",
                        3,
                        TWO_UPLOADS,
                        TWO_UPLOADS.sharing(new MistakenBatching.LookingOnceForAll())),
                new Mistake(
                        "nobody but its leader is told that the outcome of a batch is unknown",
                        4,
                        TWO_PICTURES,
                        TWO_PICTURES.sharing(new MistakenBatching.TellingTheLeaderAlone())));
    }

    private static Stream<Mistake> mistakesWithLosses() {
        return Stream.of(
                new Mistake(
                        "an upload of what is missing is answered as if it were there",
                        4,
                        RESTORATION,
                        RESTORATION.on(MistakenRepository.OverlookingWhatIsMissing::new)),
                new Mistake(
                        "an upload takes what is missing for whole before it puts the object",
                        1,
                        RESTORATION,
                        RESTORATION.with("b", MistakenProtocol.uploadThatCompletesBeforeItPuts(BOB))),
                new Mistake(
                        "an upload that can't complete deletes what it has brought back",
                        1,
                        RESTORATION,
                        RESTORATION.with(
                                "b", MistakenProtocol.uploadThatDeletesWhatItBroughtBackWhenItCannotComplete(BOB))),
                new Mistake(
                        "an upload that gives up to bring something back condemns it",
                        1,
                        RESTORATION,
                        RESTORATION.on(MistakenRepository.AbandoningWhatIsMissing::new)),
                new Mistake(
                        "an upload does not look whether other bytes of the picture are to be stored",
                        1,
                        RESTORATION_OF_OTHER_BYTES,
                        RESTORATION_OF_OTHER_BYTES.on(MistakenRepository.OverlookingOtherBytes::new)),
                new Mistake(
                        "an upload brings something back, and leaves it noted as missing",
                        4,
                        RESTORATION_BY_REPETITION,
                        RESTORATION_BY_REPETITION.on(MistakenRepository.TellingWhatIsMissingByItsKey::new)),
                new Mistake(
                        "an upload brings back what was deleted meanwhile",
                        1,
                        RESTORATION_AND_DELETION,
                        RESTORATION_AND_DELETION.on(MistakenRepository.CompletingWhatWasLost::new)),
                new Mistake(
                        "a sweep forgets what was missing although its object may still be on its way",
                        3,
                        RESTORATION_AND_DELETION,
                        RESTORATION_AND_DELETION.on(MistakenRepository.ForgettingAtOnce::new)),
                new Mistake(
                        "a repair notes as missing what was brought back meanwhile",
                        1,
                        RESTORATION_AND_REPAIRS,
                        RESTORATION_AND_REPAIRS.on(MistakenRepository.NotingWithoutLooking::new)),
                new Mistake(
                        "a repair can't see that something was brought back meanwhile",
                        1,
                        RESTORATION_AND_REPAIRS,
                        RESTORATION_AND_REPAIRS.on(MistakenRepository.ReclaimingWithoutTrace::new)),
                new Mistake(
                        "a repair looks for the object first and at its blob only then",
                        1,
                        RESTORATION_AND_REPAIRS,
                        RESTORATION_AND_REPAIRS.with("f", MistakenProtocol.repairThatLooksAtTheBlobLast())));
    }

    private static Stream<Mistake> mistakesWithRepetitions() {
        return Stream.of(
                new Mistake(
                        "a repeated upload does not ask what became of the earlier one",
                        8,
                        REPETITION,
                        REPETITION.with("r", MistakenProtocol.repetitionThatDoesNotAskForTheOutcome(ALICE, "a-1.png"))),
                new Mistake(
                        "a repeated upload takes any image for its own",
                        8,
                        REPETITION.with("b", upload(ALICE)),
                        REPETITION
                                .with("b", upload(ALICE))
                                .with("r", MistakenProtocol.repetitionThatTakesAnyImageForItsOwn(ALICE, "a-1.png"))),
                new Mistake(
                        "a repeated upload uses the reservation of the earlier one",
                        3,
                        REPETITION_LONG_AFTER_A_CRASH,
                        REPETITION_LONG_AFTER_A_CRASH.with(
                                "r", MistakenProtocol.repetitionThatUsesAnOldReservation(ALICE, "a-1.png"))),
                new Mistake(
                        "a repeated upload removes the row of the earlier one",
                        3,
                        REPETITION,
                        REPETITION.on(MistakenRepository.AbandoningAtOnce::new)),
                new Mistake(
                        "a repeated upload makes a deleted image once more, whose name was forgotten meanwhile",
                        6,
                        REPETITION_LONG_AFTER_A_DELETION,
                        REPETITION_LONG_AFTER_A_DELETION.with(
                                "r", MistakenProtocol.repetitionThatClaimsUnderTheEarlierName(ALICE, "a-1.png"))));
    }

    private static Stream<Mistake> mistakesWithImages() {
        return Stream.of(
                new Mistake(
                        "an upload puts the object before there is a row",
                        3,
                        UPLOAD,
                        UPLOAD.with("a", MistakenProtocol.uploadThatPutsBeforeItReserves(ALICE))),
                new Mistake(
                        "an upload is answered before it is complete",
                        4,
                        UPLOAD,
                        UPLOAD.with("a", MistakenProtocol.uploadThatAnswersBeforeItCompletes(ALICE))),
                new Mistake(
                        "an upload that can't complete deletes its object",
                        1,
                        UPLOAD,
                        UPLOAD.with("a", MistakenProtocol.uploadThatDeletesItsObjectWhenItCannotComplete(ALICE))),
                new Mistake(
                        "an upload whose image is gone deletes an object that another owner needs",
                        1,
                        TWO_UPLOADS.with("d", delete(ALICE)),
                        TWO_UPLOADS
                                .with("d", delete(ALICE))
                                .with("a", MistakenProtocol.uploadThatDeletesItsObjectWhenItsImageIsGone(ALICE))),
                new Mistake(
                        "an upload that slept sends its object all the same",
                        3,
                        UPLOAD_AND_SWEEP,
                        UPLOAD_AND_SWEEP.with("a", MistakenProtocol.uploadThatForgetsTheTime(ALICE))),
                new Mistake(
                        "an upload tells what another owner has",
                        8,
                        UPLOAD_OF_WHAT_ANOTHER_HAS,
                        UPLOAD_OF_WHAT_ANOTHER_HAS.with("b", MistakenProtocol.uploadThatTellsOfOthers(BOB))),
                new Mistake(
                        "an object key is made of the digest",
                        6,
                        UPLOAD_AGAIN,
                        UPLOAD_AGAIN
                                .on(MistakenRepository.ReusingNames::new)
                                .with(
                                        "a",
                                        inOrder(
                                                MistakenProtocol.uploadUnderTheSameKeyAsBefore(ALICE),
                                                delete(ALICE),
                                                MistakenProtocol.uploadUnderTheSameKeyAsBefore(ALICE)))),
                new Mistake(
                        "a claim looks and reserves in two transactions",
                        2,
                        TWO_UPLOADS,
                        TWO_UPLOADS
                                .on(MistakenRepository.InTwoSteps::new)
                                .with("a", MistakenProtocol.uploadThatLooksAndReservesInTwoSteps(ALICE))
                                .with("b", MistakenProtocol.uploadThatLooksAndReservesInTwoSteps(BOB))),
                new Mistake(
                        "a claim attaches to a condemned blob",
                        1,
                        DELETION_OF_WHAT_ANOTHER_UPLOADS,
                        DELETION_OF_WHAT_ANOTHER_UPLOADS.on(MistakenRepository.AttachingToTheCondemned::new)),
                new Mistake(
                        "an upload completes a reservation that was lost",
                        1,
                        UPLOAD_AND_SWEEP,
                        UPLOAD_AND_SWEEP.on(MistakenRepository.CompletingWhatWasLost::new)),
                new Mistake(
                        "an upload that completes again brings a deleted image back",
                        6,
                        TWO_UPLOADS.with("d", delete(ALICE)),
                        TWO_UPLOADS.with("d", delete(ALICE)).on(MistakenRepository.CompletingAgain::new)),
                new Mistake(
                        "an upload that gives up removes its row",
                        3,
                        UPLOAD,
                        UPLOAD.on(MistakenRepository.AbandoningAtOnce::new)),
                new Mistake(
                        "an upload that gives up takes another one's reservation with it",
                        1,
                        TAKEOVER,
                        TAKEOVER.on(MistakenRepository.AbandoningByDigest::new)),
                new Mistake(
                        "a deletion deletes the object before the image",
                        1,
                        DELETION,
                        DELETION.with("d", MistakenProtocol.deletionThatDeletesTheObjectFirst(ALICE))),
                new Mistake(
                        "a deletion is answered although it failed",
                        6,
                        DELETION,
                        DELETION.with("d", MistakenProtocol.deletionThatIsAnsweredAnyway(ALICE))),
                new Mistake(
                        "a deletion fails because the store is away",
                        4,
                        DELETION,
                        DELETION.with("d", MistakenProtocol.deletionThatFailsWithTheStore(ALICE))),
                new Mistake(
                        "a deletion counts images and condemns their blob in two transactions",
                        1,
                        DELETION_OF_WHAT_ANOTHER_UPLOADS,
                        DELETION_OF_WHAT_ANOTHER_UPLOADS
                                .on(MistakenRepository.InTwoSteps::new)
                                .with("d", MistakenProtocol.deletionInTwoTransactions(ALICE))),
                new Mistake(
                        "a deletion condemns a blob that another owner needs",
                        1,
                        DELETION_OF_WHAT_ANOTHER_HAS,
                        DELETION_OF_WHAT_ANOTHER_HAS.on(MistakenRepository.SeeingOneOwner::new)),
                new Mistake(
                        "a deletion deletes everybody's images of these bytes",
                        7,
                        DELETION_OF_WHAT_ANOTHER_HAS,
                        DELETION_OF_WHAT_ANOTHER_HAS.with(
                                "d", MistakenProtocol.deletionOfEverybodysImages(ALICE, BOB))),
                new Mistake(
                        "a sweep does not look at what the store refused",
                        3,
                        DELETION_AND_SWEEP,
                        DELETION_AND_SWEEP.with("s", MistakenProtocol.sweepThatIgnoresErrors())),
                new Mistake(
                        "a sweep forgets a blob before its object is deleted",
                        3,
                        DELETION_AND_SWEEP,
                        DELETION_AND_SWEEP.with("s", MistakenProtocol.sweepThatForgetsBeforeItDeletes())),
                new Mistake(
                        "a sweep forgets a blob whose object may still be on its way",
                        3,
                        UPLOAD_AND_SWEEP,
                        UPLOAD_AND_SWEEP.on(MistakenRepository.ForgettingAtOnce::new)),
                new Mistake(
                        "a sweep leaves reservations that ran out alone",
                        5,
                        UPLOAD,
                        UPLOAD.sweptBy(MistakenProtocol.sweepThatCondemnsNothing())),
                new Mistake(
                        "a sweep never forgets",
                        5,
                        DELETION,
                        DELETION.sweptBy(MistakenProtocol.sweepThatForgetsNothing())),
                new Mistake(
                        "a claim gives an owner a second image of the same bytes",
                        2,
                        UPLOAD.after(upload(ALICE)),
                        UPLOAD.after(upload(ALICE)).on(MistakenRepository.AttachingTwice::new)),
                new Mistake(
                        "a sweep takes what is just being stored",
                        1,
                        UPLOAD_AND_SWEEP,
                        UPLOAD_AND_SWEEP.on(MistakenRepository.CondemningTheReserved::new)));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void theExplorerFindsIt(Mistake mistake) {
        for (int mishaps = 0; mishaps <= mistake.mostMishaps(); mishaps++) {
            Scenario right = mistake.right().mishaps(mishaps);
            if (!RIGHT.contains(right)) {
                Explorer.explore(right);
                RIGHT.add(right);
            }
            Optional<String> trace = traceOfWhatIsFoundIn(mistake.wrong().mishaps(mishaps));
            if (trace.isPresent()) {
                System.out.println("Planted: " + mistake + ". Found: " + trace.get());
                assertThat(trace.get()).startsWith("Invariant " + mistake.invariant() + " is broken");
                assertThat(trace.get().lines()).hasSizeLessThanOrEqualTo(LONGEST_TRACE);
                return;
            }
        }
        fail("The explorer finds nothing wrong");
    }

    private static Optional<String> traceOfWhatIsFoundIn(Scenario scenario) {
        try {
            Explorer.explore(scenario);
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
