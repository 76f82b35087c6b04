package io.github.imagehost.rest.faults;

import static io.github.imagehost.rest.faults.FaultyService.assertUnavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.FaultProxy;
import io.github.imagehost.core.testing.FaultProxy.Fault;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.faults.FaultyService.StoredPicture;
import io.github.imagehost.rest.testing.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

/** What clients get while the way to the store is broken in one way or another, and what is left of it afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreFaultsIT {

    private static final Predicate<String> PUT = request -> request.startsWith("PUT ");
    private static final Predicate<String> GET = request -> request.startsWith("GET ");
    private static final Predicate<String> DELETE =
            request -> request.startsWith("POST ") && request.contains("?delete");

    private static final long WITHIN_HEAD = 100;
    private static final long MIDDLE = 200_000;
    private static final Fault SLOW_DOWN = Fault.answerInstead(slowDown());

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
        service.store().heal();
    }

    private enum UploadFault {
        REFUSED(Upload.UNAVAILABLE, FaultProxy::refuseConnections),
        RESET_ONCE(Upload.STORED, store -> store.next(PUT, Fault.resetRequestAfter(MIDDLE))),
        RESET(Upload.UNAVAILABLE, store -> store.always(PUT, Fault.resetRequestAfter(MIDDLE))),
        STALLED_REQUEST(Upload.UNAVAILABLE, store -> store.always(PUT, Fault.stallRequestAfter(MIDDLE))),
        STALLED_ANSWER(Upload.UNAVAILABLE, store -> store.always(PUT, Fault.stallAnswerAfter(0))),
        LOST_ANSWER_ONCE(Upload.STORED, store -> store.next(PUT, Fault.loseAnswer())),
        LOST_ANSWER(Upload.UNAVAILABLE, store -> store.always(PUT, Fault.loseAnswer())),
        SLOW_DOWN_ONCE(Upload.STORED, store -> store.next(PUT, SLOW_DOWN)),
        SLOW_DOWN_ALWAYS(Upload.UNAVAILABLE, store -> store.always(PUT, SLOW_DOWN)),
        DAMAGED_ONCE(Upload.STORED, store -> store.next(PUT, Fault.damageRequestAfter(MIDDLE))),
        DAMAGED(Upload.UNAVAILABLE, store -> store.always(PUT, Fault.damageRequestAfter(MIDDLE)));

        private final Upload expected;
        private final Beginning beginning;

        UploadFault(Upload expected, Beginning beginning) {
            this.expected = expected;
            this.beginning = beginning;
        }
    }

    private enum Upload {
        STORED,
        UNAVAILABLE
    }

    @ParameterizedTest
    @EnumSource
    void anUploadIsStoredOrLeavesNothing(UploadFault fault) throws Exception {
        StoredPicture before = service.storePicture();
        byte[] picture = FaultyService.picture();

        fault.beginning.of(service.store());
        Answer during = service.upload(picture);

        assertThat(service.store().faultsAreUsedUp()).isTrue();
        switch (fault.expected) {
            case STORED ->
                service.assertServes(StoredPicture.of(during.isSuccess("上传成功").data(), picture));
            case UNAVAILABLE -> assertUnavailable(during);
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
            case UNAVAILABLE -> after.isSuccess("上传成功");
        }
        service.assertServes(StoredPicture.of(after.data(), picture));
        service.assertServes(before);
        service.assertNothingLeaked();
    }

    private enum DeletionFault {
        REFUSED(FaultProxy::refuseConnections),
        RESET(store -> store.always(DELETE, Fault.resetRequestAfter(WITHIN_HEAD))),
        LOST_ANSWER(store -> store.always(DELETE, Fault.loseAnswer())),
        SLOW_DOWN_ALWAYS(store -> store.always(DELETE, SLOW_DOWN));

        private final Beginning beginning;

        DeletionFault(Beginning beginning) {
            this.beginning = beginning;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeletionNeedsNoStore(DeletionFault fault) throws Exception {
        StoredPicture picture = service.storePicture();

        fault.beginning.of(service.store());
        service.delete(picture).isSuccess("删除成功");

        service.download(picture).isError(404, "image_not_found");
        service.heal();
        StoredPicture again = service.storePicture(picture.bytes());
        assertThat(again.path()).isNotEqualTo(picture.path());
        service.assertNothingLeaked();
        service.assertServes(again);
        service.download(picture).isError(404, "image_not_found");
    }

    private enum DownloadFault {
        REFUSED(Download.UNAVAILABLE, FaultProxy::refuseConnections),
        LOST_ANSWER_ONCE(Download.SERVED, store -> store.next(GET, Fault.loseAnswer())),
        LOST_ANSWER(Download.UNAVAILABLE, store -> store.always(GET, Fault.loseAnswer())),
        SLOW_DOWN_ONCE(Download.SERVED, store -> store.next(GET, SLOW_DOWN)),
        SLOW_DOWN_ALWAYS(Download.UNAVAILABLE, store -> store.always(GET, SLOW_DOWN)),
        BROKEN_OFF(Download.BROKEN_OFF, store -> store.always(GET, Fault.cutAnswerAfter(MIDDLE))),
        STALLED(Download.BROKEN_OFF, store -> store.always(GET, Fault.stallAnswerAfter(MIDDLE))),
        DAMAGED(Download.BROKEN_OFF, store -> store.always(GET, Fault.damageAnswerAfter(MIDDLE)));

        private final Download expected;
        private final Beginning beginning;

        DownloadFault(Download expected, Beginning beginning) {
            this.expected = expected;
            this.beginning = beginning;
        }
    }

    private enum Download {
        SERVED,
        UNAVAILABLE,
        /** An answer that had begun and must not look complete. */
        BROKEN_OFF
    }

    @ParameterizedTest
    @EnumSource
    void aDownloadIsWholeOrFails(DownloadFault fault) throws Exception {
        StoredPicture picture = service.storePicture();

        fault.beginning.of(service.store());

        switch (fault.expected) {
            case SERVED -> service.assertServes(picture);
            case UNAVAILABLE -> assertUnavailable(service.download(picture));
            case BROKEN_OFF ->
                assertThatThrownBy(() -> service.download(picture)).hasRootCauseInstanceOf(IOException.class);
        }
        assertThat(service.store().faultsAreUsedUp()).isTrue();
        service.heal();
        service.assertServes(picture);
    }

    @Test
    void aSmallPictureThatWasDamagedIsNotServedAtAll() throws Exception {
        StoredPicture picture = service.storePicture(Pictures.jpegOfSize(5000));

        service.store().always(GET, Fault.damageAnswerAfter(4000));

        assertUnavailable(service.download(picture));
        service.heal();
        service.assertServes(picture);
    }

    @Test
    void aSilentStoreKeepsNobodyWaitingForLong() throws Exception {
        StoredPicture stored = service.storePicture();
        StoredPicture deleted = service.storePicture();
        byte[] picture = FaultyService.picture();

        service.store().fallSilent();
        List<Answer> answers = Concurrently.run(List.<Callable<Answer>>of(
                () -> service.upload(picture), () -> service.download(stored), () -> service.delete(deleted)));

        assertUnavailable(answers.get(0));
        assertUnavailable(answers.get(1));
        answers.get(2).isSuccess("删除成功");
        service.heal();
        service.storePicture(picture);
        service.assertServes(stored);
        service.download(deleted).isError(404, "image_not_found");
        service.assertNothingLeaked();
    }

    @FunctionalInterface
    private interface Beginning {
        void of(FaultProxy store) throws IOException;
    }

    private static String slowDown() {
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>SlowDown</Code>"
                + "<Message>Please reduce your request rate.</Message></Error>";
        return "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }
}
