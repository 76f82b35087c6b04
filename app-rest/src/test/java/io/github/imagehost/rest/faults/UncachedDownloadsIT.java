package io.github.imagehost.rest.faults;

import static io.github.imagehost.rest.faults.FaultyService.assertUnavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.testing.FaultProxy.Fault;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.faults.FaultyService.StoredPicture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
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
import org.junit.jupiter.params.provider.MethodSource;

/** What clients get of a store that breaks off, while its pictures are passed on as they arrive. */
@Tag("deep")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UncachedDownloadsIT {

    private static final Predicate<String> GET = Pattern.compile("^GET ").asPredicate();
    private static final long MIDDLE = 200_000;

    private FaultyService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        service = FaultyService.start(directory, Map.of("CONTENT_CACHE", "off"));
    }

    @AfterAll
    void stop() throws IOException {
        service.close();
    }

    @AfterEach
    void endFaults() throws IOException {
        service.store().heal();
    }

    static Stream<Fault> faults() {
        return Stream.of(Fault.cutAnswerAfter(MIDDLE), Fault.stallAnswerAfter(MIDDLE), Fault.damageAnswerAfter(MIDDLE));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void anAnswerThatHadBegunDoesNotLookComplete(Fault fault) throws Exception {
        StoredPicture picture = service.storePicture();

        service.store().always(GET, fault);

        assertThatThrownBy(() -> service.download(picture)).hasRootCauseInstanceOf(IOException.class);
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
}
