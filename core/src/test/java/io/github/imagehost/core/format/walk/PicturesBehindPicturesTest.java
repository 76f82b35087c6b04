package io.github.imagehost.core.format.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.testing.Pictures;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is told of videos and gain maps behind a picture goes with them, since whoever follows it finds nothing there.
 */
class PicturesBehindPicturesTest {

    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    private static final String EXTENDED_XMP = "http://ns.adobe.com/xmp/extension/\0";
    private static final String TITLE = "A holiday";
    private static final String GUID = "0123456789ABCDEF0123456789ABCDEF";

    private static final byte[] VIDEO =
            Pictures.concat(bytes("00000018"), ascii("ftypmp42\0\0\0\0isommp42"), new byte[500]);

    /** Names and numbers that point behind the picture, in any place. */
    private static final String[] POINTERS = {
        "MotionPhoto",
        "MicroVideo",
        "Container",
        "Directory",
        "hdrgm",
        "hdr-gain-map",
        "video/mp4",
        "GainMap",
        "VideoLength"
    };

    /** As Google's camera writes it. */
    private static final String MOTION_PHOTO = description(
            "GCamera:MotionPhoto=\"1\" GCamera:MotionPhotoVersion=\"1\" "
                    + "GCamera:MotionPhotoPresentationTimestampUs=\"968644\"",
            """
            <Container:Directory><rdf:Seq>
              <rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="image/jpeg" Item:Semantic="Primary"/></rdf:li>
              <rdf:li rdf:parseType="Resource">
                <Container:Item Item:Mime="video/mp4" Item:Semantic="MotionPhoto" Item:Length="528"/>
              </rdf:li>
            </rdf:Seq></Container:Directory>""");

    /** As Google's camera wrote it before, with properties as elements. */
    private static final String MICRO_VIDEO = description(
            "GCamera:MicroVideoVersion='1'",
            "<GCamera:MicroVideo>1</GCamera:MicroVideo><GCamera:MicroVideoOffset>528</GCamera:MicroVideoOffset>");

    private static final String ULTRA_HDR = description("hdrgm:Version=\"1.0\"", """
            <Container:Directory><rdf:Seq>
              <rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="Primary" Item:Mime="image/jpeg"/></rdf:li>
              <rdf:li rdf:parseType="Resource">
                <Container:Item Item:Semantic="GainMap" Item:Mime="image/jpeg" Item:Length="700"/>
              </rdf:li>
            </rdf:Seq></Container:Directory>""");

    private static final String OPPO =
            description("OpCamera:MotionPhotoPrimaryPresentationTimestampUs=\"0\" OpCamera:VideoLength=\"528\"", "");

    private static final byte[] MULTI_PICTURE = Pictures.segment(
            0xe2,
            Pictures.concat(ascii("MPF\0"), bytes("4d4d002a 00000008 0001 b001 0004 00000001 00000002 00000000")));

    private static final byte[] ISO_GAIN_MAP =
            Pictures.segment(0xe2, Pictures.concat(ascii("urn:iso:std:iso:ts:21496:-1\0"), new byte[4]));

    private static String description(String attributes, String elements) {
        return """
            <?xpacket begin="\u00ef\u00bb\u00bf" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 5.1.0-jc003">
              <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
                    xmlns:GCamera="http://ns.google.com/photos/1.0/camera/"
                    xmlns:OpCamera="http://ns.oplus.com/photos/1.0/camera/"
                    xmlns:Container="http://ns.google.com/photos/1.0/container/"
                    xmlns:Item="http://ns.google.com/photos/1.0/container/item/"
                    xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/"
                    dc:format="image/jpeg" %s>
                  <dc:title>%s</dc:title>
                  %s
                </rdf:Description>
              </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="w"?>""".formatted(attributes, TITLE, elements);
    }

    static Stream<Arguments> photographs() {
        byte[] jpeg = Pictures.uniqueJpeg();
        byte[] gainMap = Pictures.withSegments(Pictures.jpeg(8, 8), xmp(ULTRA_HDR));
        return Stream.of(
                        Named.of(
                                "motion photo", Pictures.concat(Pictures.withSegments(jpeg, xmp(MOTION_PHOTO)), VIDEO)),
                        Named.of("micro video", Pictures.concat(Pictures.withSegments(jpeg, xmp(MICRO_VIDEO)), VIDEO)),
                        Named.of("of another maker", Pictures.concat(Pictures.withSegments(jpeg, xmp(OPPO)), VIDEO)),
                        Named.of(
                                "gain map",
                                Pictures.concat(
                                        Pictures.withSegments(jpeg, xmp(ULTRA_HDR), MULTI_PICTURE, ISO_GAIN_MAP),
                                        gainMap)),
                        Named.of("whose video is gone already", Pictures.withSegments(jpeg, xmp(MOTION_PHOTO))),
                        Named.of(
                                "without an end",
                                Pictures.concat(
                                        Arrays.copyOf(
                                                Pictures.withSegments(jpeg, xmp(MOTION_PHOTO), MULTI_PICTURE),
                                                Pictures.withSegments(jpeg, xmp(MOTION_PHOTO), MULTI_PICTURE).length
                                                        - 2),
                                        VIDEO)))
                .flatMap(picture -> Stream.of(MetadataPolicy.values()).map(policy -> Arguments.of(picture, policy)));
    }

    @ParameterizedTest
    @MethodSource("photographs")
    void nothingPointsBehindThePicture(byte[] photograph, MetadataPolicy policy) throws Exception {
        byte[] copy = Walks.copy(photograph, policy);

        assertThat(textOf(copy)).doesNotContain(POINTERS).doesNotContain("MPF\0", "21496", "ftyp");
        assertThat(textOf(copy).contains(TITLE)).isEqualTo(policy != MetadataPolicy.STRIP);
        assertThat(Walks.copy(copy, policy)).isEqualTo(copy);
        assertThat(ImageIO.read(new ByteArrayInputStream(copy)).getWidth()).isEqualTo(Pictures.WIDTH);
        if (policy != MetadataPolicy.STRIP) {
            String text = textOf(copy);
            String packet = text.substring(text.indexOf(XMP) + XMP.length(), text.indexOf("</x:xmpmeta>") + 12);
            DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(packet.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    @Test
    void whatPointsNowhereStaysAsItIs() throws Exception {
        byte[] picture = Pictures.withSegments(
                Pictures.uniqueJpeg(),
                xmp(description("", "").replaceAll("xmlns:(GCamera|OpCamera|Container|Item|hdrgm)=\"[^\"]*\"", "")));

        for (MetadataPolicy policy : new MetadataPolicy[] {MetadataPolicy.KEEP, MetadataPolicy.STRIP_LOCATION}) {
            assertThat(Walks.copy(picture, policy)).isEqualTo(picture);
        }
    }

    static Stream<String> packetsThatCannotBeRead() {
        return Stream.of(
                MOTION_PHOTO.replace("</rdf:RDF>", ""),
                "<!DOCTYPE a [<!ENTITY b \"c\">]>" + MOTION_PHOTO.substring(MOTION_PHOTO.indexOf("<x:")),
                "http://ns.google.com/photos/1.0/camera/",
                // becomes too long for a segment
                MOTION_PHOTO.replace(TITLE, ">".repeat(30_000)));
    }

    @ParameterizedTest
    @MethodSource("packetsThatCannotBeRead")
    void aPacketOfWhichNoPartCanBeRemovedGoes(String packet) throws Exception {
        byte[] jpeg = Pictures.uniqueJpeg();

        for (MetadataPolicy policy : new MetadataPolicy[] {MetadataPolicy.KEEP, MetadataPolicy.STRIP_LOCATION}) {
            assertThat(Walks.copy(Pictures.withSegments(jpeg, xmp(packet)), policy))
                    .isEqualTo(jpeg);
        }
    }

    @Test
    void ofSeveralPacketsThatPointTheFirstCounts() throws Exception {
        byte[][] packets = new byte[20_000][];
        Arrays.fill(packets, xmp("<a xmlns:b='http://ns.adobe.com/hdr-gain-map/1.0/' b:c=''/>"));
        byte[] jpeg = Pictures.uniqueJpeg();

        byte[] copy = Walks.copy(Pictures.withSegments(jpeg, packets), MetadataPolicy.KEEP);

        assertThat(copy).isEqualTo(Pictures.withSegments(jpeg, xmp("<a/>")));
    }

    @ParameterizedTest
    @EnumSource(MetadataPolicy.class)
    void noPlaceComesBackWithWhatIsWrittenAnew(MetadataPolicy policy) throws Exception {
        String hidden =
                MOTION_PHOTO.replace("<dc:title>", "<dc:title xmlns:e='http://ns.adobe.com/&#101;xif/1.0/&#103;ps'>");
        byte[] copy = Walks.copy(Pictures.withSegments(Pictures.uniqueJpeg(), xmp(hidden)), policy);

        assertThat(textOf(copy).contains("gps")).isEqualTo(policy == MetadataPolicy.KEEP);
        assertThat(Walks.copy(copy, policy)).isEqualTo(copy);
    }

    @Test
    void extendedXmpStaysUnlessItPointsBehindThePicture() throws Exception {
        byte[] jpeg = Pictures.uniqueJpeg();
        byte[] main = xmp(description(
                "xmlns:xmpNote=\"http://ns.adobe.com/xmp/note/\" xmpNote:HasExtendedXMP=\"" + GUID + "\"", ""));
        byte[] harmless = extension("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>");
        byte[] pointing = extension(ULTRA_HDR);

        assertThat(textOf(Walks.copy(Pictures.withSegments(jpeg, main, harmless), MetadataPolicy.KEEP)))
                .contains(EXTENDED_XMP, "HasExtendedXMP");
        assertThat(textOf(Walks.copy(Pictures.withSegments(jpeg, main, pointing), MetadataPolicy.KEEP)))
                .doesNotContain(EXTENDED_XMP);
        assertThat(textOf(Walks.copy(Pictures.withSegments(jpeg, main, harmless), MetadataPolicy.STRIP_LOCATION)))
                .doesNotContain(EXTENDED_XMP, "HasExtendedXMP")
                .contains(TITLE);
    }

    private static byte[] extension(String xmp) {
        return Pictures.segment(0xe1, Pictures.concat(ascii(EXTENDED_XMP + GUID), new byte[8], ascii(xmp)));
    }

    private static byte[] xmp(String packet) {
        return Pictures.segment(0xe1, ascii(XMP + packet));
    }

    private static String textOf(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
