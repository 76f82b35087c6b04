package io.github.imagehost.rest.faults;

import static io.github.imagehost.rest.faults.FaultyService.assertUnavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.FaultProxy;
import io.github.imagehost.core.testing.FaultProxy.Fault;
import io.github.imagehost.rest.faults.FaultyService.StoredPicture;
import io.github.imagehost.rest.testing.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients get while the way to the database is broken in one way or another, and what is left of it afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseFaultsIT {

    private static final Predicate<String> RESERVE = request -> request.contains("INSERT INTO imagehost_blob");
    private static final Predicate<String> COMMIT =
            request -> request.toUpperCase(Locale.ROOT).endsWith("COMMIT");
    private static final Predicate<String> DELETE = request -> request.contains("DELETE FROM imagehost_image");
    private static final Predicate<String> SELECT = request -> request.contains("FROM imagehost_image");

    private static final long MIDDLE_OF_STATEMENT = 60;
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

    private enum UploadFault {
        REFUSED(Upload.UNAVAILABLE, FaultProxy::refuseConnections),
        RESET_ONCE(Upload.STORED, database -> database.next(RESERVE, Fault.resetRequestAfter(MIDDLE_OF_STATEMENT))),
        RESET(Upload.UNAVAILABLE, database -> database.always(RESERVE, Fault.resetRequestAfter(MIDDLE_OF_STATEMENT))),
        STALLED_STATEMENT(
                Upload.UNAVAILABLE, database -> database.always(RESERVE, Fault.stallRequestAfter(MIDDLE_OF_STATEMENT))),
        STALLED_COMMIT(Upload.STORED, database -> database.next(COMMIT, Fault.stallAnswerAfter(0))),
        /** Those of the reservation and of the completion. */
        LOST_ANSWERS_TO_COMMITS(
                Upload.STORED, database -> database.next(COMMIT, Fault.loseAnswer(), Fault.loseAnswer())),
        LOST_ANSWER_TO_COMMIT_EACH_TIME(
                Upload.STORED_THOUGH_UNAVAILABLE, database -> database.always(COMMIT, Fault.loseAnswer())),
        DAMAGED_STATEMENT(
                Upload.FAILED, database -> database.next(RESERVE, Fault.damageRequestAfter(MIDDLE_OF_STATEMENT))),
        DAMAGED_COMMIT(Upload.STORED, database -> database.next(COMMIT, Fault.damageRequestAfter(MIDDLE_OF_COMMIT))),
        DAMAGED_COMMIT_EACH_TIME(
                Upload.UNAVAILABLE, database -> database.always(COMMIT, Fault.damageRequestAfter(MIDDLE_OF_COMMIT))),
        DAMAGED_ANSWER_TO_COMMIT(
                Upload.STORED, database -> database.next(COMMIT, Fault.damageAnswerAfter(KIND_OF_ANSWER)));

        private final Upload expected;
        private final Beginning beginning;

        UploadFault(Upload expected, Beginning beginning) {
            this.expected = expected;
            this.beginning = beginning;
        }
    }

    private enum Upload {
        STORED,
        UNAVAILABLE,
        /** The database answers that it does not understand. */
        FAILED,
        /** Nobody can tell the client better if no answer to a commit arrives. */
        STORED_THOUGH_UNAVAILABLE
    }

    @ParameterizedTest
    @EnumSource
    void anUploadIsStoredOrLeavesNothing(UploadFault fault) throws Exception {
        StoredPicture before = service.storePicture();
        byte[] picture = FaultyService.picture();

        fault.beginning.of(service.database());
        Answer during = service.upload(picture);

        assertThat(service.database().faultsAreUsedUp()).isTrue();
        switch (fault.expected) {
            case STORED ->
                service.assertServes(StoredPicture.of(during.isSuccess("上传成功").data(), picture));
            case UNAVAILABLE, STORED_THOUGH_UNAVAILABLE -> assertUnavailable(during);
            case FAILED -> during.isError(500, "internal_error");
        }
        // what is still under way arrives after this
        service.sweepElsewhere();
        service.heal();
        Answer after = service.upload(picture);
        switch (fault.expected) {
            case STORED -> {
                after.isSuccess("图片已存在，返回已有链接");
                assertThat(after.data().get("url")).isEqualTo(during.data().get("url"));
            }
            case UNAVAILABLE, FAILED -> after.isSuccess("上传成功");
            case STORED_THOUGH_UNAVAILABLE -> after.isSuccess("图片已存在，返回已有链接");
        }
        service.assertServes(StoredPicture.of(after.data(), picture));
        service.assertServes(before);
        service.assertNothingLeaked();
    }

    private enum DeletionFault {
        REFUSED(Deletion.NOT_DONE, FaultProxy::refuseConnections),
        RESET_ONCE(Deletion.DONE, database -> database.next(DELETE, Fault.resetRequestAfter(MIDDLE_OF_STATEMENT))),
        RESET(Deletion.NOT_DONE, database -> database.always(DELETE, Fault.resetRequestAfter(MIDDLE_OF_STATEMENT))),
        LOST_ANSWER_TO_COMMIT(Deletion.DONE_THOUGH_UNAVAILABLE, database -> database.next(COMMIT, Fault.loseAnswer())),
        DAMAGED_COMMIT(
                Deletion.NOT_DONE, database -> database.next(COMMIT, Fault.damageRequestAfter(MIDDLE_OF_COMMIT)));

        private final Deletion expected;
        private final Beginning beginning;

        DeletionFault(Deletion expected, Beginning beginning) {
            this.expected = expected;
            this.beginning = beginning;
        }
    }

    private enum Deletion {
        DONE,
        NOT_DONE,
        /** Nobody knows at first, and the client may repeat it. */
        DONE_THOUGH_UNAVAILABLE
    }

    @ParameterizedTest
    @EnumSource
    void aDeletionIsDoneWhollyOrNotAtAll(DeletionFault fault) throws Exception {
        StoredPicture picture = service.storePicture();

        fault.beginning.of(service.database());
        Answer during = service.delete(picture);

        assertThat(service.database().faultsAreUsedUp()).isTrue();
        switch (fault.expected) {
            case DONE -> during.isSuccess("删除成功");
            case NOT_DONE, DONE_THOUGH_UNAVAILABLE -> assertUnavailable(during);
        }
        service.heal();
        switch (fault.expected) {
            case DONE, DONE_THOUGH_UNAVAILABLE -> service.delete(picture).isError(404, "image_not_found");
            case NOT_DONE -> {
                service.assertServes(picture);
                service.delete(picture).isSuccess("删除成功");
            }
        }
        service.download(picture).isError(404, "image_not_found");
        service.assertNothingLeaked();
    }

    private enum DownloadFault {
        REFUSED(Download.UNAVAILABLE, FaultProxy::refuseConnections),
        LOST_ANSWER_ONCE(Download.SERVED, database -> database.next(SELECT, Fault.loseAnswer())),
        LOST_ANSWER(Download.UNAVAILABLE, database -> database.always(SELECT, Fault.loseAnswer()));

        private final Download expected;
        private final Beginning beginning;

        DownloadFault(Download expected, Beginning beginning) {
            this.expected = expected;
            this.beginning = beginning;
        }
    }

    private enum Download {
        SERVED,
        UNAVAILABLE
    }

    @ParameterizedTest
    @EnumSource
    void aDownloadIsWholeOrFails(DownloadFault fault) throws Exception {
        StoredPicture picture = service.storePicture();

        fault.beginning.of(service.database());

        switch (fault.expected) {
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

    @FunctionalInterface
    private interface Beginning {
        void of(FaultProxy database) throws IOException;
    }
}
