package io.github.imagehost.core.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import io.github.imagehost.core.ImageContent;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.walk.Walks;
import io.github.imagehost.core.intake.Corpora.Picture;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestHost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Photographs of the {@link Corpora} that cameras and phones took, as another reader of Exif sees them. */
class PhotographsTest {

    private static final String ORIENTATION = "0/274";
    private static final Predicate<String> IS_PLACE =
            Pattern.compile("0/34853(/.*)?").asMatchPredicate();

    /** The maker's notes, and the directory of the thumbnail. */
    private static final Predicate<String> MAY_TELL_THE_PLACE =
            IS_PLACE.or(Pattern.compile(".*/37500|1/.*").asMatchPredicate());

    /** Where a directory is that could not be read. */
    private static final Predicate<String> IS_OFFSET =
            Pattern.compile(".*/(34665|40965)").asMatchPredicate();

    private final TestHost host = new TestHost();

    /** Those with an Exif block, also if there is no picture behind it. */
    static List<Picture> photographs() throws IOException {
        List<Picture> photographs = new ArrayList<>();
        for (Picture picture : Corpora.pictures()) {
            if (picture.name().matches(".*\\.jpe?g") && !tagsOf(picture.bytes()).isEmpty()) {
                photographs.add(picture);
            }
        }
        return photographs;
    }

    static List<Picture> photographsWithAPlace() throws IOException {
        List<Picture> withPlace = new ArrayList<>();
        for (Picture picture : photographs()) {
            byte[] bytes = picture.bytes();
            if (Walks.requireSound(bytes).isEmpty()
                    && tagsOf(bytes).keySet().stream().anyMatch(IS_PLACE)) {
                withPlace.add(picture);
            }
        }
        return withPlace;
    }

    @ParameterizedTest
    @MethodSource("photographsWithAPlace")
    void comesBackAsItWasButWithoutItsPlace(Picture picture) throws IOException {
        byte[] photograph = picture.bytes();

        Upload uploaded = host.upload(photograph);

        byte[] stored = bytesOf(uploaded);
        assertThat(tagsOf(stored).keySet()).isNotEmpty().noneMatch(IS_PLACE);
        assertThat(tagsOf(stored).get(ORIENTATION)).isEqualTo(tagsOf(photograph).get(ORIENTATION));
        assertThat(profileOf(stored)).isEqualTo(profileOf(photograph));
        assertThat(Frame.of(stored, 1)).isEqualTo(Frame.of(photograph, 1));
        Upload again = host.upload(photograph);
        assertThat(again.duplicate()).isTrue();
        assertThat(again.image()).isEqualTo(uploaded.image());
    }

    @ParameterizedTest
    @MethodSource("photographs")
    void whatElseItsExifTellsCanStillBeRead(Picture picture) throws Exception {
        byte[] exif = segmentsOf(picture.bytes(), JPEG.APP1, "Exif").get(0);
        byte[] photograph = Pictures.withSegments(Pictures.uniqueJpeg(), Pictures.segment(0xe1, exif));
        Map<String, Object> tags = tagsOf(photograph);
        tags.keySet().removeIf(MAY_TELL_THE_PLACE.or(IS_OFFSET));
        tags.values().removeIf(""::equals);

        Map<String, Object> left = tagsOf(Walks.copy(photograph, MetadataPolicy.STRIP_LOCATION));

        assertThat(left.keySet()).noneMatch(MAY_TELL_THE_PLACE);
        // of broken blocks more can be read than before
        left.keySet().retainAll(tags.keySet());
        assertThat(left).usingRecursiveComparison().isEqualTo(tags);
    }

    private byte[] bytesOf(Upload upload) throws IOException {
        try (ImageContent content = host.host().open(upload.image())) {
            return content.stream().readAllBytes();
        }
    }

    /** By the numbers of their directories and their own. */
    private static Map<String, Object> tagsOf(byte[] picture) throws IOException {
        Map<String, Object> tags = new TreeMap<>();
        for (byte[] segment : segmentsOf(picture, JPEG.APP1, "Exif")) {
            int header = "Exif\0\0".length();
            InputStream block = new ByteArrayInputStream(segment, header, segment.length - header);
            try (ImageInputStream in = ImageIO.createImageInputStream(block)) {
                CompoundDirectory directories = (CompoundDirectory) new TIFFReader().read(in);
                for (int i = 0; i < directories.directoryCount(); i++) {
                    addTags(String.valueOf(i), directories.getDirectory(i), tags);
                }
            }
        }
        return tags;
    }

    private static void addTags(String path, Directory directory, Map<String, Object> tags) {
        for (Entry entry : directory) {
            String name = path + "/" + entry.getIdentifier();
            if (entry.getValue() instanceof Directory inner) {
                addTags(name, inner, tags);
            } else {
                tags.put(name, entry.getValue());
            }
        }
    }

    private static byte[] profileOf(byte[] picture) throws IOException {
        return Pictures.concat(segmentsOf(picture, JPEG.APP2, "ICC_PROFILE").toArray(byte[][]::new));
    }

    private static List<byte[]> segmentsOf(byte[] picture, int marker, String identifier) throws IOException {
        List<byte[]> segments = new ArrayList<>();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(picture))) {
            for (JPEGSegment segment : JPEGSegmentUtil.readSegments(in, marker, identifier)) {
                segments.add(segment.segmentData().readAllBytes());
            }
        }
        return segments;
    }
}
