package io.github.imagehost.core.variant;

import static io.github.imagehost.core.testing.TestHost.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.ImageNotFoundException;
import io.github.imagehost.core.dedup.DedupProtocol;
import io.github.imagehost.core.dedup.Filenames;
import io.github.imagehost.core.dedup.UploadBusyException;
import io.github.imagehost.core.dedup.UploadTiming;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.port.repository.failure.CommitStateUnknownException;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.core.testing.TestHost;
import io.github.imagehost.core.transform.Fit;
import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.core.transform.ImageSource;
import io.github.imagehost.core.transform.SourceImage;
import io.github.imagehost.core.transform.Transformation;
import io.github.imagehost.core.transform.UndecodableImageException;
import io.github.imagehost.core.transform.imageio.JavaImageEngine;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VariantsTest {

    private static final Transformation SMALL =
            new Transformation(OptionalInt.of(12), OptionalInt.empty(), Fit.INSIDE, ImageType.PNG, 80);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CountingEngine engine = new CountingEngine();
    private final TestHost test = new TestHost();
    private ImageHost host;
    private Image image;

    @BeforeEach
    void upload() throws IOException {
        host = test.rendering(engine, PATIENCE);
        image = test.upload(Pictures.uniqueJpeg()).image();
    }

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    @Test
    void isRenderedOnceAndStoredBesideItsImage() throws IOException {
        Variant variant = host.variant(image, SMALL);

        assertThat(host.variant(image, SMALL)).isEqualTo(variant);
        assertThat(engine.renderings).hasValue(1);
        assertThat(variant.objectKey().value())
                .startsWith("variants/" + image.objectKey() + "/")
                .endsWith(".png");
        assertThat(test.objects()).containsExactlyInAnyOrder(image.objectKey(), variant.objectKey());
        byte[] bytes = read(variant);
        assertThat(variant.size()).isEqualTo(bytes.length);
        assertThat(variant.digest()).isEqualTo(TestContent.digestOf(bytes));
        assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth()).isEqualTo(12);
        assertThat(test.images(ALICE)).containsExactly(image);
    }

    @Test
    void otherTransformationsAndOtherImagesAreOtherVariants() throws IOException {
        Image other = test.upload(Pictures.uniqueJpeg()).image();
        Transformation larger =
                new Transformation(OptionalInt.of(13), OptionalInt.empty(), Fit.INSIDE, ImageType.PNG, 80);

        assertThat(Set.of(host.variant(image, SMALL), host.variant(image, larger), host.variant(other, SMALL)))
                .hasSize(3);
    }

    @Test
    void whoeverAsksForItAtTheSameTimeGetsTheSameOne() throws Exception {
        ImageHost inAnotherProcess = test.rendering(engine, PATIENCE);
        List<Callable<Variant>> asking = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ImageHost asked = i % 2 == 0 ? host : inAnotherProcess;
            asking.add(() -> asked.variant(image, SMALL));
        }

        assertThat(Set.copyOf(Concurrently.run(asking))).hasSize(1);

        assertThat(engine.renderings).hasValue(1);
        assertThat(test.objects()).hasSize(2);
    }

    @Test
    void originalsAreReadWhenTheEngineHasRoomForThem() throws Exception {
        CountDownLatch allAsked = new CountDownLatch(4);
        try (ImageEngine narrow = new JavaImageEngine(PATIENCE, 1 << 20);
                ImageHost narrowHost = test.rendering(announcing(narrow, allAsked), PATIENCE)) {
            List<Callable<Variant>> asking = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Image large = test.upload(Pictures.jpegOfSize(700_000 + i)).image();
                asking.add(() -> narrowHost.variant(large, SMALL));
            }
            AtomicInteger open = new AtomicInteger();
            Set<Integer> openAtOnce = ConcurrentHashMap.newKeySet();
            test.store().always("open", call -> {
                openAtOnce.add(open.incrementAndGet());
                // nobody has come to the end of reading before everybody has come to the engine
                allAsked.await();
                return new FilterInputStream((InputStream) call.proceed()) {
                    @Override
                    public void close() throws IOException {
                        open.decrementAndGet();
                        super.close();
                    }
                };
            });

            assertThat(Set.copyOf(Concurrently.run(asking))).hasSize(4);

            assertThat(openAtOnce).containsExactly(1);
        }
    }

    private static ImageEngine announcing(ImageEngine engine, CountDownLatch asked) {
        return new ImageEngine() {
            @Override
            public Set<ImageType> writableTypes() {
                return engine.writableTypes();
            }

            @Override
            public long mostPixels(ImageType format) {
                return engine.mostPixels(format);
            }

            @Override
            public byte[] render(ImageSource source, SourceImage picture, Transformation transformation)
                    throws IOException {
                asked.countDown();
                return engine.render(source, picture, transformation);
            }

            @Override
            public void close() {
                engine.close();
            }
        };
    }

    @Test
    void goesWithItsImage() throws IOException {
        Variant variant = host.variant(image, SMALL);

        host.delete(image.id());

        assertThat(test.objects()).isEmpty();
        assertThatThrownBy(() -> host.open(variant)).isInstanceOf(ImageNotFoundException.class);
        assertThatThrownBy(() -> host.variant(image, SMALL)).isInstanceOf(ImageNotFoundException.class);
        test.letLeasesAndQuarantinesEnd();
        host.sweep();
        assertThat(test.condemned()).isEmpty();
    }

    @Test
    void goesWithItsImageAlsoWhileItIsRendered() {
        engine.before = () -> host.delete(image.id());

        assertThatThrownBy(() -> host.variant(image, SMALL)).isInstanceOf(ImageNotFoundException.class);

        assertNothingIsLeft();
    }

    @Test
    void goesWithItsImageAlsoWhileItIsStored() {
        test.store().next("put", Faults.doBefore(() -> host.delete(image.id())));

        assertThatThrownBy(() -> host.variant(image, SMALL)).isInstanceOf(ImageNotFoundException.class);

        assertNothingIsLeft();
    }

    @Test
    void goesWithItsImageAlsoBeforeItIsRead() {
        test.store().next("open", Faults.doBefore(() -> host.delete(image.id())));

        assertThatThrownBy(() -> host.variant(image, SMALL)).isInstanceOf(ImageNotFoundException.class);

        assertNothingIsLeft();
    }

    @Test
    void bytesThatAreLostAreNoDeletion() {
        test.store().port().delete(List.of(image.objectKey()));

        assertThatThrownBy(() -> host.variant(image, SMALL)).isInstanceOf(ObjectNotFoundException.class);
    }

    @Test
    void aVariantWhoseBytesAreLostIsNoDeletion() {
        Variant variant = host.variant(image, SMALL);
        test.store().port().delete(List.of(variant.objectKey()));

        assertThatThrownBy(() -> host.open(variant)).isInstanceOf(ObjectNotFoundException.class);
        host.delete(image.id());
        assertThatThrownBy(() -> host.open(variant)).isInstanceOf(ImageNotFoundException.class);
    }

    @Test
    void whoeverLosesTheReservationStartsOver() {
        test.store().next("put", Faults.doBefore(this::letTheReservationBeLost));

        Variant variant = host.variant(image, SMALL);

        assertThat(host.variant(image, SMALL)).isEqualTo(variant);
        assertThat(engine.renderings).hasValue(2);
        assertThat(test.objects()).containsExactlyInAnyOrder(image.objectKey(), variant.objectKey());
    }

    @Test
    void whoeverSleptLongerThanTheLeaseStartsOver() {
        AtomicLong now = new AtomicLong();
        engine.before = () -> {
            engine.before = () -> {};
            now.addAndGet(TestHost.LEASE.duration().toNanos());
        };
        Variants variants = new Variants(
                test.store().port(),
                test.repository().port(),
                engine,
                new UploadTiming(TestHost.LEASE, PATIENCE),
                new Filenames()::next,
                now::get,
                DedupProtocol.STARTS);

        Variant variant = variants.variant(image, SMALL).orElseThrow();

        assertThat(engine.renderings).hasValue(2);
        assertThat(test.repository().calls("abandon")).isOne();
        assertThat(test.objects()).containsExactlyInAnyOrder(image.objectKey(), variant.objectKey());
    }

    @Test
    void whoeverLosesItAgainAndAgainGivesUp() {
        engine.before = this::letTheReservationBeLost;

        assertThatThrownBy(() -> host.variant(image, SMALL)).isInstanceOf(UploadBusyException.class);

        assertThat(test.objects()).containsExactly(image.objectKey());
        engine.before = () -> {};
        assertThat(host.variant(image, SMALL).type()).isEqualTo(ImageType.PNG);
    }

    @Test
    void aRenderingThatFailsLeavesNothingAndMayBeTriedAgain() {
        UndecodableImageException told = new UndecodableImageException("test", null);
        engine.before = () -> {
            throw told;
        };

        assertThatThrownBy(() -> host.variant(image, SMALL)).isSameAs(told);

        assertThat(test.objects()).containsExactly(image.objectKey());
        engine.before = () -> {};
        assertThat(host.variant(image, SMALL).type()).isEqualTo(ImageType.PNG);
    }

    @Test
    void aStoreThatFailsLeavesNothingBehindTheSweep() {
        StoreUnavailableException told = new StoreUnavailableException("the store is away");
        test.store().next("put", Faults.failAfter(told));

        assertThatThrownBy(() -> host.variant(image, SMALL)).isSameAs(told);

        test.letLeasesAndQuarantinesEnd();
        host.sweep();
        assertThat(test.objects()).containsExactly(image.objectKey());
    }

    @Test
    void outcomesThatNobodyKnowsAreAskedForAgain() {
        CommitStateUnknownException unknown = new CommitStateUnknownException("the connection broke");
        test.repository().next("claimVariant", Faults.failAfter(unknown));
        test.repository().next("completeVariant", Faults.failAfter(unknown));

        Variant variant = host.variant(image, SMALL);

        assertThat(host.variant(image, SMALL)).isEqualTo(variant);
        assertThat(engine.renderings).hasValue(1);
    }

    @Test
    void aProcessThatDiedIsFollowedByAnotherOne() {
        engine.before = () -> {
            throw new IllegalStateException("the process dies");
        };
        test.repository().next("abandon", Faults.failBefore(new CommitStateUnknownException("it is dead")));
        assertThatThrownBy(() -> host.variant(image, SMALL)).isInstanceOf(IllegalStateException.class);
        engine.before = () -> {};
        ImageHost impatient = test.rendering(engine, Duration.ZERO);
        assertThatThrownBy(() -> impatient.variant(image, SMALL)).isInstanceOf(UploadBusyException.class);

        test.letLeasesEnd();

        assertThat(impatient.variant(image, SMALL).type()).isEqualTo(ImageType.PNG);
    }

    @Test
    void aHostWithoutAnEngineRendersNothing() {
        assertThatThrownBy(() -> test.host().variant(image, SMALL)).isInstanceOf(IllegalStateException.class);
    }

    private void letTheReservationBeLost() {
        test.letLeasesEnd();
        host.sweep();
    }

    private void assertNothingIsLeft() {
        test.letLeasesAndQuarantinesEnd();
        host.sweep();
        assertThat(test.objects()).isEmpty();
        assertThat(test.condemned()).isEmpty();
    }

    private byte[] read(Variant variant) throws IOException {
        try (InputStream in = host.open(variant)) {
            return in.readAllBytes();
        }
    }

    /** Renders, and counts. */
    private static final class CountingEngine implements ImageEngine {

        private final ImageEngine engine = new JavaImageEngine(Duration.ofMinutes(1));
        private final AtomicInteger renderings = new AtomicInteger();
        private volatile Runnable before = () -> {};

        @Override
        public Set<ImageType> writableTypes() {
            return engine.writableTypes();
        }

        @Override
        public long mostPixels(ImageType format) {
            return Long.MAX_VALUE;
        }

        @Override
        public byte[] render(ImageSource source, SourceImage picture, Transformation transformation)
                throws IOException {
            renderings.incrementAndGet();
            before.run();
            return engine.render(source, picture, transformation);
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
