package io.github.imagehost.rest.faults;

import static io.github.imagehost.rest.faults.FaultyService.assertUnavailable;
import static io.github.imagehost.rest.faults.ProxyFault.always;
import static io.github.imagehost.rest.faults.ProxyFault.next;
import static io.github.imagehost.rest.faults.ProxyFault.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.FaultProxy.Fault;
import io.github.imagehost.rest.faults.FaultyService.StoredPicture;
import io.github.imagehost.rest.testing.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What clients get while the way to the database is broken in one way or another, and what is left of it afterwards.
 */
@Tag("deep")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseFaultsIT {

    private static final Predicate<String> RESERVE =
            Pattern.compile("INSERT INTO imagehost_blob").asPredicate();
    private static final Predicate<String> DELETE =
            Pattern.compile("DELETE FROM imagehost_image").asPredicate();
    private static final Predicate<String> SELECT =
            Pattern.compile("FROM imagehost_image").asPredicate();
    /** What turns auto-commit on again commits. */
    private static final Predicate<String> COMMIT =
            Pattern.compile("(?i)SET autocommit=1$").asPredicate();

    private static final long MIDDLE = 60;
    /** Behind the header of the packet, its command and, on some servers, two bytes about its parameters. */
    private static final long MIDDLE_OF_COMMIT = 9;
    /** Behind the header of the packet stands whether it is a success. */
    private static final long KIND_OF_ANSWER = 4;

    private FaultyService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        service = FaultyService.start(directory);
    }

    @AfterAll
    void stop() throws IOException {
        service.close();
    }

    @AfterEach
    void endFaults() throws IOException {
        service.database().heal();
    }

    static Stream<Arguments> uploadFaults() {
        return Stream.of(
                arguments(named("refused", refused()), Upload.UNAVAILABLE),
                arguments(named("reset once", next(RESERVE, Fault.resetRequestAfter(MIDDLE))), Upload.STORED),
                arguments(named("reset", always(RESERVE, Fault.resetRequestAfter(MIDDLE))), Upload.UNAVAILABLE),
                arguments(
                        named("stalled statement", always(RESERVE, Fault.stallRequestAfter(MIDDLE))),
                        Upload.RESERVED_THOUGH_UNAVAILABLE),
                arguments(named("stalled commit", next(COMMIT, Fault.stallAnswerAfter(0))), Upload.STORED),
                arguments(
                        named("lost answers to both commits", next(COMMIT, Fault.loseAnswer(), Fault.loseAnswer())),
                        Upload.STORED),
                arguments(
                        named("lost answer to commit each time", always(COMMIT, Fault.loseAnswer())),
                        Upload.STORED_THOUGH_UNAVAILABLE),
                arguments(
                        named("damaged statement once", next(RESERVE, Fault.damageRequestAfter(MIDDLE))),
                        Upload.STORED),
                arguments(named("damaged statement", always(RESERVE, Fault.damageRequestAfter(MIDDLE))), Upload.FAILED),
                arguments(
                        named("damaged commit", next(COMMIT, Fault.damageRequestAfter(MIDDLE_OF_COMMIT))),
                        Upload.STORED),
                arguments(
                        named("damaged commit each time", always(COMMIT, Fault.damageRequestAfter(MIDDLE_OF_COMMIT))),
                        Upload.RESERVED_THOUGH_UNAVAILABLE),
                arguments(
                        named("damaged answer to commit", next(COMMIT, Fault.damageAnswerAfter(KIND_OF_ANSWER))),
                        Upload.STORED));
    }

    enum Upload {
        STORED,
        UNAVAILABLE,
        /** The same picture can be uploaded again only when a reservation has run out of which nobody knows. */
        RESERVED_THOUGH_UNAVAILABLE,
        /** The database answers that it does not understand. */
        FAILED,
        /** Nobody can tell the client better if no answer to a commit arrives. */
        STORED_THOUGH_UNAVAILABLE
    }

    @ParameterizedTest
    @MethodSource("uploadFaults")
    void anUploadIsStoredOrLeavesNothing(ProxyFault fault, Upload expected) throws Exception {
        StoredPicture before = service.storePicture();
        byte[] picture = FaultyService.picture();

        fault.beginAt(service.database());
        Answer during = service.upload(picture);

        assertThat(service.database().faultsAreUsedUp()).isTrue();
        switch (expected) {
            case STORED ->
                service.assertServes(StoredPicture.of(during.isSuccess("上传成功").data(), picture));
            case UNAVAILABLE, RESERVED_THOUGH_UNAVAILABLE, STORED_THOUGH_UNAVAILABLE -> assertUnavailable(during);
            case FAILED -> during.isError(500, "internal_error");
        }
        // what is still under way arrives after this
        service.sweepElsewhere();
        service.heal();
        if (expected == Upload.RESERVED_THOUGH_UNAVAILABLE) {
            service.endLeases();
        }
        Answer after = service.upload(picture);
        switch (expected) {
            case STORED -> {
                after.isSuccess("图片已存在，返回已有链接");
                assertThat(after.data().get("url")).isEqualTo(during.data().get("url"));
            }
            case UNAVAILABLE, RESERVED_THOUGH_UNAVAILABLE, FAILED -> after.isSuccess("上传成功");
            case STORED_THOUGH_UNAVAILABLE -> after.isSuccess("图片已存在，返回已有链接");
        }
        service.assertServes(StoredPicture.of(after.data(), picture));
        service.assertServes(before);
        service.assertNothingLeaked();
    }

    static Stream<Arguments> deletionFaults() {
        return Stream.of(
                arguments(named("refused", refused()), Deletion.NOT_DONE),
                arguments(named("reset once", next(DELETE, Fault.resetRequestAfter(MIDDLE))), Deletion.DONE),
                arguments(named("reset", always(DELETE, Fault.resetRequestAfter(MIDDLE))), Deletion.NOT_DONE),
                arguments(
                        named("lost answer to commit", next(COMMIT, Fault.loseAnswer())),
                        Deletion.DONE_THOUGH_UNAVAILABLE),
                arguments(
                        named("damaged commit", next(COMMIT, Fault.damageRequestAfter(MIDDLE_OF_COMMIT))),
                        Deletion.NOT_DONE));
    }

    enum Deletion {
        DONE,
        NOT_DONE,
        /** Nobody knows at first, and the client may repeat it. */
        DONE_THOUGH_UNAVAILABLE
    }

    @ParameterizedTest
    @MethodSource("deletionFaults")
    void aDeletionIsDoneWhollyOrNotAtAll(ProxyFault fault, Deletion expected) throws Exception {
        StoredPicture picture = service.storePicture();

        fault.beginAt(service.database());
        Answer during = service.delete(picture);

        assertThat(service.database().faultsAreUsedUp()).isTrue();
        switch (expected) {
            case DONE -> during.isSuccess("删除成功");
            case NOT_DONE, DONE_THOUGH_UNAVAILABLE -> assertUnavailable(during);
        }
        service.heal();
        switch (expected) {
            case DONE, DONE_THOUGH_UNAVAILABLE -> service.delete(picture).isError(404, "image_not_found");
            case NOT_DONE -> {
                service.assertServes(picture);
                service.delete(picture).isSuccess("删除成功");
            }
        }
        service.download(picture).isError(404, "image_not_found");
        service.assertNothingLeaked();
    }

    static Stream<Arguments> downloadFaults() {
        return Stream.of(
                arguments(named("refused", refused()), Download.UNAVAILABLE),
                arguments(named("lost answer once", next(SELECT, Fault.loseAnswer())), Download.SERVED),
                arguments(named("lost answer", always(SELECT, Fault.loseAnswer())), Download.UNAVAILABLE),
                arguments(named("stalled", always(SELECT, Fault.stallRequestAfter(MIDDLE))), Download.UNAVAILABLE));
    }

    enum Download {
        SERVED,
        UNAVAILABLE
    }

    @ParameterizedTest
    @MethodSource("downloadFaults")
    void aDownloadIsWholeOrFails(ProxyFault fault, Download expected) throws Exception {
        StoredPicture picture = service.storePicture();

        fault.beginAt(service.database());

        switch (expected) {
            case SERVED -> service.assertServes(picture);
            case UNAVAILABLE -> assertUnavailable(service.download(picture));
        }
        assertThat(service.database().faultsAreUsedUp()).isTrue();
        service.heal();
        service.assertServes(picture);
    }

    @Test
    void aSilentDatabaseKeepsNobodyWaitingForLong() throws Exception {
        StoredPicture stored = service.storePicture();
        byte[] picture = FaultyService.picture();

        service.database().fallSilent();
        List<Answer> answers = Concurrently.run(List.<Callable<Answer>>of(
                () -> service.upload(picture), () -> service.download(stored), () -> service.delete(stored)));

        assertThat(answers).allSatisfy(FaultyService::assertUnavailable);
        service.heal();
        service.storePicture(picture);
        service.assertServes(stored);
        service.assertNothingLeaked();
    }
}
