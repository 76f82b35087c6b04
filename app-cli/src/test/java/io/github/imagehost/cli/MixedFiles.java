package io.github.imagehost.cli;

import io.github.imagehost.core.testing.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A directory as people have them: three of ten files are duplicates, two of a hundred are no pictures, and each has a
 * date of its own.
 *
 * @param directory where the files are
 * @param expected what has to become of them
 * @param duplicates how many have the bytes of another one that comes before them
 * @param junk how many are no pictures
 * @param bytes how many bytes all pictures have, duplicates included
 * @param uniqueBytes how many they have without duplicates
 */
public record MixedFiles(
        Path directory, Set<Expected> expected, int duplicates, int junk, long bytes, long uniqueBytes) {

    private static final Instant FIRST_DATE = Instant.parse("2010-01-01T00:00:00.001Z");
    private static final int FILES_OF_A_FOLDER = 100;

    /** An image that has to be there in the end. */
    public record Expected(String originalName, String uploadTime) {}

    /** Where there is no file, behind that with this number and before the next one. */
    public Path placeBehind(int number) {
        return folder(directory, number).resolve(String.format("%05d.pipe", number));
    }

    private static Path folder(Path directory, int number) {
        return directory.resolve(String.format("f%03d", number / FILES_OF_A_FOLDER));
    }

    public static MixedFiles create(Path directory, int count) throws IOException {
        Random random = new Random(count);
        List<byte[]> pictures = new ArrayList<>();
        Set<Expected> expected = new HashSet<>();
        int duplicates = 0;
        int junk = 0;
        long bytes = 0;
        long uniqueBytes = 0;
        for (int i = 0; i < count; i++) {
            String name = String.format("%05d.jpg", i);
            Path folder = Files.createDirectories(folder(directory, i));
            Instant date = FIRST_DATE.plusSeconds(i);
            byte[] content;
            if (i % 50 == 49) {
                junk++;
                content = i % 100 == 99 ? Pictures.html() : new byte[0];
            } else if (i > 0 && i % 10 < 3) {
                duplicates++;
                content = pictures.get(random.nextInt(pictures.size()));
                bytes += content.length;
            } else {
                content = i % 2 == 0 ? Pictures.uniquePng() : Pictures.uniqueJpeg();
                pictures.add(content);
                bytes += content.length;
                uniqueBytes += content.length;
                expected.add(new Expected(name, date.toString()));
            }
            Path file = Files.write(folder.resolve(name), content);
            Files.setLastModifiedTime(file, FileTime.from(date));
        }
        return new MixedFiles(directory, expected, duplicates, junk, bytes, uniqueBytes);
    }
}
