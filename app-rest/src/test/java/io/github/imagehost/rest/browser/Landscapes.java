package io.github.imagehost.rest.browser;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Pictures that somebody might have taken: hills before each other in the light of some hour. Each number has its own.
 */
final class Landscapes {

    private static final int HILLS = 5;

    /** The sky above and at the horizon, and the nearest hill. */
    private record Light(Color above, Color horizon, Color near) {}

    private static final List<Light> LIGHTS = List.of(
            new Light(new Color(0x2b5876), new Color(0xf6d7b0), new Color(0x14281d)),
            new Light(new Color(0x355c7d), new Color(0xf8b195), new Color(0x2a1a33)),
            new Light(new Color(0x5fa8d3), new Color(0xeaf4f4), new Color(0x1b4332)),
            new Light(new Color(0x0b132b), new Color(0x6fa3a9), new Color(0x05080f)),
            new Light(new Color(0xa8b8c4), new Color(0xf1ede4), new Color(0x3b4a4f)),
            new Light(new Color(0xd95d39), new Color(0xfde8a5), new Color(0x33202a)),
            new Light(new Color(0x7aa6c2), new Color(0xfbe3d6), new Color(0x5a3e36)),
            new Light(new Color(0x1d3557), new Color(0xe9c5d2), new Color(0x101d2c)));

    private static final int[][] SHAPES = {
        {3, 2}, {4, 3}, {2, 3}, {3, 2}, {16, 9}, {1, 1}, {3, 2}, {3, 4}, {4, 3}, {21, 9}
    };

    private Landscapes() {}

    /**
     * A JPEG.
     *
     * @param number which one
     * @param side the longer one, in pixels
     */
    static byte[] jpeg(int number, int side) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(paint(number, side), "jpeg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static BufferedImage paint(int number, int side) {
        int[] shape = SHAPES[number % SHAPES.length];
        int longer = Math.max(shape[0], shape[1]);
        int width = side * shape[0] / longer;
        int height = side * shape[1] / longer;
        Random random = new Random(number);
        Light light = LIGHTS.get((number * 5 + number / LIGHTS.size()) % LIGHTS.size());
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        float horizon = height * (0.4f + random.nextFloat() * 0.25f);
        graphics.setPaint(new GradientPaint(0, 0, light.above(), 0, horizon, light.horizon()));
        graphics.fillRect(0, 0, width, height);
        paintSun(graphics, random, light, width, horizon, side);
        for (int hill = 0; hill < HILLS; hill++) {
            float nearness = (hill + 1f) / HILLS;
            graphics.setColor(mix(light.horizon(), light.near(), 0.15f + 0.85f * nearness));
            float top = horizon + (height - horizon) * hill / HILLS;
            graphics.fill(ridge(random, width, height, top, side * (0.16f - 0.02f * hill)));
        }
        graphics.dispose();
        addGrain(image, random);
        return image;
    }

    private static void paintSun(Graphics2D graphics, Random random, Light light, int width, float horizon, int side) {
        float x = width * (0.15f + 0.7f * random.nextFloat());
        float y = horizon * (0.35f + 0.5f * random.nextFloat());
        float radius = side * 0.3f;
        Color glow = mix(light.horizon(), Color.WHITE, 0.6f);
        graphics.setPaint(new RadialGradientPaint(
                x, y, radius, new float[] {0, 1}, new Color[] {withAlpha(glow, 200), withAlpha(glow, 0)}));
        graphics.fill(new Ellipse2D.Float(x - radius, y - radius, 2 * radius, 2 * radius));
        graphics.setColor(mix(glow, Color.WHITE, 0.5f));
        float disc = side * 0.025f;
        graphics.fill(new Ellipse2D.Float(x - disc, y - disc, 2 * disc, 2 * disc));
    }

    private static Path2D ridge(Random random, int width, int height, float top, float rough) {
        double phase = random.nextDouble() * 100;
        double length = width * (0.25 + random.nextDouble() * 0.35);
        Path2D path = new Path2D.Float();
        path.moveTo(0, height);
        for (int x = 0; x <= width + 4; x += 4) {
            double wave = Math.sin(phase + x / length * 6) * 0.5
                    + Math.sin(phase * 3 + x / length * 15) * 0.25
                    + Math.sin(phase * 7 + x / length * 41) * 0.1
                    + Math.sin(phase * 11 + x / length * 113) * 0.04;
            path.lineTo(x, top - rough * wave);
        }
        path.lineTo(width + 4, height);
        path.closePath();
        return path;
    }

    private static void addGrain(BufferedImage image, Random random) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int grain = (int) (random.nextGaussian() * 3);
                int pixel = image.getRGB(x, y);
                int red = clamp((pixel >> 16 & 0xff) + grain);
                int green = clamp((pixel >> 8 & 0xff) + grain);
                int blue = clamp((pixel & 0xff) + grain);
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }

    private static Color mix(Color one, Color other, float share) {
        return new Color(
                Math.round(one.getRed() + (other.getRed() - one.getRed()) * share),
                Math.round(one.getGreen() + (other.getGreen() - one.getGreen()) * share),
                Math.round(one.getBlue() + (other.getBlue() - one.getBlue()) * share));
    }

    private static Color withAlpha(Color colour, int alpha) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
    }
}
