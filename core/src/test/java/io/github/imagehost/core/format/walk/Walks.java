package io.github.imagehost.core.format.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.ImageLimits;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.format.Rewrite;
import io.github.imagehost.core.format.WalkedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Walks through pictures in memory. */
public final class Walks {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Walks() {}

    public static Optional<WalkedImage> walk(byte[] picture, ImageLimits limits, MetadataPolicy policy)
            throws MalformedImageException, ImageLimitException {
        try {
            return ImageWalker.walk(PositionalSource.of(picture), limits, policy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the structure of a picture says. */
    public static WalkedImage walk(byte[] picture) throws MalformedImageException, ImageLimitException {
        return walk(picture, ImageLimits.DEFAULT, MetadataPolicy.KEEP).orElseThrow();
    }

    /** What is stored of a picture, with or without an end of its own. */
    public static byte[] copy(byte[] picture, MetadataPolicy policy)
            throws MalformedImageException, ImageLimitException {
        return copy(picture, walkTwice(picture, policy).orElseThrow().rewrite());
    }

    /** Whether it has an end of its own. */
    public static boolean isWhole(byte[] picture) {
        try {
            return walk(picture, ImageLimits.DEFAULT, MetadataPolicy.KEEP).isPresent();
        } catch (MalformedImageException | ImageLimitException e) {
            return false;
        }
    }

    /** How many frames a picture has, with or without an end of its own. */
    public static int frames(byte[] picture) throws MalformedImageException, ImageLimitException {
        return walkTwice(picture, MetadataPolicy.KEEP).orElseThrow().frames();
    }

    /** How many pixels a picture has, with or without an end of its own. */
    public static long pixels(byte[] picture) throws MalformedImageException, ImageLimitException {
        WalkedImage image = walkTwice(picture, MetadataPolicy.KEEP).orElseThrow();
        return (long) image.width() * image.height();
    }

    private static Optional<WalkedImage> walkTwice(byte[] picture, MetadataPolicy policy)
            throws MalformedImageException, ImageLimitException {
        try {
            return walk(picture, ImageLimits.DEFAULT, policy);
        } catch (MalformedImageException | ImageLimitException refusal) {
            try {
                return ImageWalker.walkWithoutEnd(PositionalSource.of(picture), ImageLimits.DEFAULT, policy, () -> {});
            } catch (MalformedImageException | ImageLimitException e) {
                throw refusal;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Finds out whether what holds for all files holds for this one, whatever is in it: no walk fails but by its
     * exceptions, all policies agree on what is a picture, and what they leave of it is the same picture, of which they
     * leave everything.
     *
     * @return why it is refused; empty if it is a picture
     */
    public static Optional<Exception> requireSound(byte[] file) {
        List<Optional<Exception>> refusals = new ArrayList<>();
        for (MetadataPolicy policy : MetadataPolicy.values()) {
            try {
                Optional<WalkedImage> image = walkTwice(file, policy);
                refusals.add(image.isEmpty() ? Optional.of(new IOException("Of no known format")) : Optional.empty());
                if (image.isPresent()) {
                    requireSound(file, image.get(), policy);
                }
            } catch (MalformedImageException | ImageLimitException e) {
                refusals.add(Optional.of(e));
            }
        }
        assertThat(refusals.stream().map(refusal -> refusal.map(Exception::getMessage)))
                .containsOnly(refusals.get(0).map(Exception::getMessage));
        return refusals.get(0);
    }

    /** How many bytes of memory it takes to walk through a file and to find out what to store of it. */
    public static long memoryFor(byte[] file) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            walk(file, ImageLimits.DEFAULT, MetadataPolicy.STRIP_LOCATION)
                    .ifPresent(image -> image.rewrite().of(PositionalSource.of(file)));
        } catch (MalformedImageException | ImageLimitException e) {
            // refused files take memory, too
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static void requireSound(byte[] file, WalkedImage image, MetadataPolicy policy) {
        byte[] copy = copy(file, image.rewrite());
        assertThat(copy.length).isEqualTo((int) image.rewrite().size());
        assertThat(image.rewrite().changesAnything() || Arrays.equals(copy, file))
                .as("what is not changed is the same")
                .isTrue();
        assertThat(image.end()).isBetween(1L, (long) file.length);
        try {
            WalkedImage again = walk(copy, ImageLimits.DEFAULT, policy)
                    .orElseThrow(() -> new AssertionError("is no picture any more"));
            assertThat(again.end()).isEqualTo(copy.length);
            assertThat(copy(copy, again.rewrite())).as("a copy of the copy").isEqualTo(copy);
            assertThat(List.of(again.type(), again.width(), again.height(), again.frames(), again.orientation()))
                    .isEqualTo(
                            List.of(image.type(), image.width(), image.height(), image.frames(), image.orientation()));
        } catch (MalformedImageException | ImageLimitException e) {
            throw new AssertionError("The copy is refused with " + policy, e);
        }
    }

    private static byte[] copy(byte[] picture, Rewrite rewrite) {
        try {
            return rewrite.of(PositionalSource.of(picture)).open().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
