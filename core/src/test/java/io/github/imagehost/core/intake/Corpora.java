package io.github.imagehost.core.intake;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that other people collected, among them odd and broken ones: those of TwelveMonkeys' tests, and if the
 * environment variable {@value #FOLDER} names {@code /usr/share} of a Debian 12 with {@code golang-1.19-src} and
 * {@code golang-github-rwcarlsen-goexif-dev}, those of Go's and goexif's.
 */
final class Corpora {

    private static final String FOLDER = "IMAGEHOST_TEST_PICTURES";

    /** A picture in each of the jars. */
    private static final Map<String, String> JARS = Map.of(
            "imageio-jpeg", "/jpeg/dnl-marker.jpg",
            "imageio-metadata", "/psd/friends-phut-resource.jpg",
            "imageio-webp", "/webp/5.webp");

    private static final Map<String, String> PACKAGES =
            Map.of("go", "go-1.19/src/image", "goexif", "gocode/src/github.com/rwcarlsen/goexif/exif");

    private static final Pattern PICTURE = Pattern.compile(".*\\.(jpe?g|png|gif|webp)");

    private Corpora() {}

    record Picture(String name, URL url) {

        byte[] bytes() throws IOException {
            try (InputStream in = url.openStream()) {
                return in.readAllBytes();
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Those that are here. */
    static List<Picture> pictures() throws IOException {
        List<Picture> pictures = new ArrayList<>();
        for (Map.Entry<String, String> jar : JARS.entrySet()) {
            pictures.addAll(picturesOfJar(jar.getKey(), jar.getValue()));
        }
        String folder = folder();
        if (folder != null) {
            for (Map.Entry<String, String> corpus : PACKAGES.entrySet()) {
                pictures.addAll(picturesIn(corpus.getKey(), Path.of(folder, corpus.getValue())));
            }
        }
        return pictures;
    }

    /** Whether the corpus that a picture of this name belongs to is here. */
    static boolean hasCorpusOf(String name) {
        return folder() != null || !PACKAGES.containsKey(name.substring(0, name.indexOf('/')));
    }

    private static @Nullable String folder() {
        return System.getenv(FOLDER);
    }

    private static List<Picture> picturesOfJar(String jar, String picture) throws IOException {
        URL url = Objects.requireNonNull(Corpora.class.getResource(picture));
        String root = url.toString().substring(0, url.toString().length() - picture.length() + 1);
        List<Picture> pictures = new ArrayList<>();
        for (String name : ((JarURLConnection) url.openConnection())
                .getJarFile().stream()
                        .map(ZipEntry::getName)
                        .filter(Corpora::isPicture)
                        .toList()) {
            pictures.add(new Picture(jar + "/" + name, new URL(root + name)));
        }
        return pictures;
    }

    private static List<Picture> picturesIn(String corpus, Path root) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(file -> isPicture(file.toString())).toList()) {
                pictures.add(new Picture(
                        corpus + "/" + root.relativize(file), file.toUri().toURL()));
            }
        }
        return pictures;
    }

    private static boolean isPicture(String name) {
        return PICTURE.matcher(name).matches();
    }
}
