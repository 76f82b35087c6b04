package io.github.imagehost.core.transform.engine;

import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.transform.Fit;
import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.core.transform.SourceImage;
import io.github.imagehost.core.transform.TestPictures;
import io.github.imagehost.core.transform.Transformation;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Compares the engines with plain {@code vipsthumbnail}: a photograph of 12 megapixels, as a JPEG of about 4 MB, to 320
 * pixels. Rounds of all three alternate, so that a busy machine is busy for all of them. Run it with
 *
 * <pre>mvn -B -ntp test-compile -pl core org.codehaus.mojo:exec-maven-plugin:3.5.0:java -Dexec.classpathScope=test \
 * -Dexec.mainClass=io.github.imagehost.core.transform.engine.ImageEngineBenchmark</pre>
 */
public final class ImageEngineBenchmark {

    private static final int WIDTH = 4000;
    private static final int HEIGHT = 3000;
    private static final int ROUNDS = 21;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private ImageEngineBenchmark() {}

    /** Prints the medians. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = System.out;
        byte[] photo = TestPictures.jpeg(photo());
        Path file = Files.createTempFile("photo", ".jpg");
        try {
            Files.write(file, photo);
            out.printf("%d bytes, Java %s%n", photo.length, System.getProperty("java.version"));
            compare(photo, file, out);
        } finally {
            Files.delete(file);
        }
    }

    private static void compare(byte[] photo, Path file, PrintStream out) throws IOException, InterruptedException {
        try (ImageEngine java = ImageEngines.choose(EngineChoice.JAVA, PATIENCE, null);
                ImageEngine vips = ImageEngines.choose(EngineChoice.VIPS, PATIENCE, System.getenv("PATH"))) {
            long[] tool = new long[ROUNDS];
            long[][] engines = new long[4][ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                tool[round] = runTool(file);
                engines[0][round] = render(vips, photo, ImageType.JPEG);
                engines[1][round] = render(java, photo, ImageType.JPEG);
                engines[2][round] = render(vips, photo, ImageType.WEBP);
                engines[3][round] = render(java, photo, ImageType.WEBP);
            }
            double plain = median(tool);
            out.printf("%-18s %6.1f ms%n", "vipsthumbnail", plain);
            String[] names = {"vips engine, JPEG", "Java engine, JPEG", "vips engine, WebP", "Java engine, WebP"};
            for (int i = 0; i < names.length; i++) {
                out.printf("%-18s %6.1f ms, %.2f times%n", names[i], median(engines[i]), median(engines[i]) / plain);
            }
        }
    }

    private static long runTool(Path file) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = new ProcessBuilder("vipsthumbnail", file.toString(), "-s", "320", "-o", "%s-small.jpg[Q=80]")
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("vipsthumbnail failed");
        }
        long nanos = System.nanoTime() - begin;
        Files.delete(Path.of(file.toString().replace(".jpg", "-small.jpg")));
        return nanos;
    }

    private static long render(ImageEngine engine, byte[] photo, ImageType format) throws IOException {
        SourceImage image = new SourceImage(ImageType.JPEG, WIDTH, HEIGHT, photo.length);
        Transformation thumbnail = new Transformation(OptionalInt.of(320), OptionalInt.of(320), Fit.INSIDE, format, 80);
        long begin = System.nanoTime();
        engine.render(() -> new ByteArrayInputStream(photo), image, thumbnail);
        return System.nanoTime() - begin;
    }

    private static double median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1e6;
    }

    /** Smooth surfaces, edges and the noise of a camera. */
    private static BufferedImage photo() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Random noise = new Random(1);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double light = Math.sin(x / 171.0) + Math.cos(y / 97.0) + 0.4 * Math.sin(x * (double) y / 90000);
                int grain = noise.nextInt(11) - 5;
                int red = clamp((int) (128 + 40 * light) + grain);
                int green = clamp((int) (110 + 30 * Math.sin(2 * light + x / 700.0)) + grain);
                int blue = clamp((int) (90 + 50 * Math.cos(light + y / 500.0)) + grain);
                image.setRGB(x, y, (red << 16) | (green << 8) | blue);
            }
        }
        return image;
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
