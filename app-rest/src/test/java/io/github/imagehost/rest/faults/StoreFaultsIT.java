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

/** What clients get while the way to the store is broken in one way or another, and what is left of it afterwards. */
@Tag("deep")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreFaultsIT {

    private static final Predicate<String> PUT = Pattern.compile("^PUT ").asPredicate();
    private static final Predicate<String> GET = Pattern.compile("^GET ").asPredicate();
    private static final Predicate<String> DELETE =
            Pattern.compile("^POST .*\\?delete").asPredicate();

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

    static Stream<Arguments> uploadFaults() {
        return Stream.of(
                arguments(named("refused", refused()), Upload.UNAVAILABLE),
                arguments(named("reset once", next(PUT, Fault.resetRequestAfter(MIDDLE))), Upload.STORED),
                arguments(named("reset", always(PUT, Fault.resetRequestAfter(MIDDLE))), Upload.UNAVAILABLE),
                arguments(named("stalled request", always(PUT, Fault.stallRequestAfter(MIDDLE))), Upload.UNAVAILABLE),
                arguments(named("stalled answer", always(PUT, Fault.stallAnswerAfter(0))), Upload.UNAVAILABLE),
                arguments(named("lost answer once", next(PUT, Fault.loseAnswer())), Upload.STORED),
                arguments(named("lost answer", always(PUT, Fault.loseAnswer())), Upload.UNAVAILABLE),
                arguments(named("slow down once", next(PUT, SLOW_DOWN)), Upload.STORED),
                arguments(named("slow down always", always(PUT, SLOW_DOWN)), Upload.UNAVAILABLE),
                arguments(named("damaged once", next(PUT, Fault.damageRequestAfter(MIDDLE))), Upload.STORED),
                arguments(named("damaged", always(PUT, Fault.damageRequestAfter(MIDDLE))), Upload.UNAVAILABLE));
    }

    enum Upload {
        STORED,
        UNAVAILABLE
    }

    @ParameterizedTest
    @MethodSource("uploadFaults")
    void anUploadIsStoredOrLeavesNothing(ProxyFault fault, Upload expected) throws Exception {
        StoredPicture before = service.storePicture();
        byte[] picture = FaultyService.picture();

        fault.beginAt(service.store());
        Answer during = service.upload(picture);

        assertThat(service.store().faultsAreUsedUp()).isTrue();
        switch (expected) {
            case STORED ->
                service.assertServes(StoredPicture.of(during.isSuccess("上传成功").data(), picture));
            case UNAVAILABLE -> assertUnavailable(during);
        }
        // what is still under way arrives after this
        service.sweepElsewhere();
        service.heal();
        Answer after = service.upload(picture);
        switch (expected) {
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

    static Stream<Arguments> deletionFaults() {
        return Stream.of(
                arguments(named("refused", refused())),
                arguments(named("reset", always(DELETE, Fault.resetRequestAfter(WITHIN_HEAD)))),
                arguments(named("lost answer", always(DELETE, Fault.loseAnswer()))),
                arguments(named("slow down always", always(DELETE, SLOW_DOWN))));
    }

    @ParameterizedTest
    @MethodSource("deletionFaults")
    void aDeletionNeedsNoStore(ProxyFault fault) throws Exception {
        StoredPicture picture = service.storePicture();

        fault.beginAt(service.store());
        service.delete(picture).isSuccess("删除成功");

        service.download(picture).isError(404, "image_not_found");
        service.heal();
        StoredPicture again = service.storePicture(picture.bytes());
        assertThat(again.path()).isNotEqualTo(picture.path());
        service.assertNothingLeaked();
        service.assertServes(again);
        service.download(picture).isError(404, "image_not_found");
    }

    static Stream<Arguments> downloadFaults() {
        return Stream.of(
                arguments(named("refused", refused()), Download.UNAVAILABLE),
                arguments(named("lost answer once", next(GET, Fault.loseAnswer())), Download.SERVED),
                arguments(named("lost answer", always(GET, Fault.loseAnswer())), Download.UNAVAILABLE),
                arguments(named("slow down once", next(GET, SLOW_DOWN)), Download.SERVED),
                arguments(named("slow down always", always(GET, SLOW_DOWN)), Download.UNAVAILABLE),
                arguments(named("broken off", always(GET, Fault.cutAnswerAfter(MIDDLE))), Download.UNAVAILABLE),
                arguments(named("stalled", always(GET, Fault.stallAnswerAfter(MIDDLE))), Download.UNAVAILABLE),
                arguments(named("damaged", always(GET, Fault.damageAnswerAfter(MIDDLE))), Download.UNAVAILABLE));
    }

    enum Download {
        SERVED,
        UNAVAILABLE
    }

    @ParameterizedTest
    @MethodSource("downloadFaults")
    void aDownloadIsWholeOrFails(ProxyFault fault, Download expected) throws Exception {
        StoredPicture picture = service.storePicture();

        fault.beginAt(service.store());

        switch (expected) {
            case SERVED -> service.assertServes(picture);
            case UNAVAILABLE -> assertUnavailable(service.download(picture));
        }
        assertThat(service.store().faultsAreUsedUp()).isTrue();
        service.heal();
        service.assertServes(picture);
    }

    @Test
    void aPictureThatWasReadBeforeIsServedWithoutTheStore() throws Exception {
        StoredPicture picture = service.storePicture();
        service.assertServes(picture);

        service.store().refuseConnections();

        service.assertServes(picture);
        service.delete(picture).isSuccess("删除成功");
        service.download(picture).isError(404, "image_not_found");
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

    private static String slowDown() {
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>SlowDown</Code>"
                + "<Message>Please reduce your request rate.</Message></Error>";
        return "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }
}
