package io.github.imagehost.core.format.png;

import io.github.imagehost.core.format.Budget;
import io.github.imagehost.core.format.ColourProfile;
import io.github.imagehost.core.format.Exif;
import io.github.imagehost.core.format.FormatInput;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.Metadata;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.Rewrite;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What a PNG tells beside its pixels (W3C, PNG third edition, 11.3), and what stays of it. For one walk. */
final class PngMetadata {

    private static final int PROFILE = FormatInput.fourCc("iCCP");
    private static final int TEXT = FormatInput.fourCc("tEXt");
    private static final int COMPRESSED_TEXT = FormatInput.fourCc("zTXt");
    private static final int INTERNATIONAL_TEXT = FormatInput.fourCc("iTXt");
    private static final int TIME = FormatInput.fourCc("tIME");

    /** They decide how pixels look. */
    private static final Set<Integer> LOOKS = Set.of(
            PROFILE,
            FormatInput.fourCc("tRNS"),
            FormatInput.fourCc("cHRM"),
            FormatInput.fourCc("gAMA"),
            FormatInput.fourCc("sBIT"),
            FormatInput.fourCc("sRGB"),
            FormatInput.fourCc("cICP"),
            FormatInput.fourCc("mDCV"),
            FormatInput.fourCc("mDCv"),
            FormatInput.fourCc("cLLI"),
            FormatInput.fourCc("cLLi"),
            FormatInput.fourCc("bKGD"),
            FormatInput.fourCc("hIST"),
            FormatInput.fourCc("pHYs"),
            FormatInput.fourCc("sPLT"));

    private static final int LONGEST_KEYWORD = 79;
    private static final String XMP_KEYWORD = "XML:com.adobe.xmp";

    private final Budget budget;
    private final MetadataPolicy policy;
    private final Rewrite.Builder rewrite;
    private Optional<Integer> orientation = Optional.empty();
    private Optional<ColourProfile> profile = Optional.empty();

    PngMetadata(Budget budget, MetadataPolicy policy, Rewrite.Builder rewrite) {
        this.budget = budget;
        this.policy = policy;
        this.rewrite = rewrite;
    }

    /** 1 to 8, as in Exif. */
    int orientation() {
        return orientation.orElse(1);
    }

    /** That before the pixels. */
    Optional<ColourProfile> profile() {
        return profile;
    }

    /**
     * Whether a chunk stays as it is.
     *
     * @param start where its data begin in the file
     * @param isBeforePixels whether it comes before the first pixel
     */
    boolean stays(int type, byte[] data, long start, boolean isBeforePixels)
            throws MalformedImageException, ImageLimitException {
        if (type == PngChunk.EXIF) {
            return walkExif(data, isBeforePixels);
        }
        if (type == TEXT || type == COMPRESSED_TEXT || type == INTERNATIONAL_TEXT) {
            return walkText(type, data);
        }
        if (type == PROFILE) {
            int deflated = afterText(data, 0) + 1;
            inflate(data, deflated);
            if (isBeforePixels) {
                profile = Optional.of(
                        ColourProfile.deflatedIn(new ColourProfile.Part(start + deflated, start + data.length)));
            }
        }
        return policy.keeps(LOOKS.contains(type), () -> type == TIME);
    }

    /**
     * Only the first block counts, and only for those who begin to show the picture behind it: browsers do with the
     * pixels.
     */
    private boolean walkExif(byte[] data, boolean isBeforePixels) {
        boolean isFirst = orientation.isEmpty();
        if (isFirst) {
            orientation = Optional.of(isBeforePixels ? Exif.orientationOf(data) : 1);
        }
        if (isFirst && policy != MetadataPolicy.KEEP) {
            Exif.cleaned(data, policy).ifPresent(cleaned -> rewrite.insert(PngChunk.of(PngChunk.EXIF, cleaned)));
        }
        return policy == MetadataPolicy.KEEP;
    }

    /** Tools hide whole blocks of Exif and IPTC in texts, and write single values of them. */
    private boolean walkText(int type, byte[] data) throws MalformedImageException, ImageLimitException {
        int end = afterText(data, 0);
        String keyword = new String(data, 0, end - 1, StandardCharsets.ISO_8859_1);
        boolean isCompressed =
                type == COMPRESSED_TEXT || (type == INTERNATIONAL_TEXT && end < data.length && data[end] != 0);
        if (isCompressed) {
            int start = type == COMPRESSED_TEXT ? end + 1 : afterText(data, afterText(data, end + 2));
            inflate(data, start);
        }
        return policy.keeps(
                false,
                () -> !keyword.startsWith("Raw profile")
                        && !(isCompressed && keyword.equals(XMP_KEYWORD))
                        && Metadata.isXmpWithoutLocation(data));
    }

    /** Where the text ends that begins there, and its zero. */
    private static int afterText(byte[] data, int start) throws MalformedImageException {
        for (int i = start; i < data.length; i++) {
            if (data[i] == 0) {
                if (start == 0 && (i == 0 || i > LONGEST_KEYWORD)) {
                    break;
                }
                return i + 1;
            }
        }
        throw MalformedImageException.malformed("The PNG has a text without a name");
    }

    /** Whoever shows the picture inflates it, so it has to have an end. */
    private void inflate(byte[] data, int start) throws MalformedImageException, ImageLimitException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(data, Math.min(start, data.length), Math.max(0, data.length - start));
            byte[] buffer = new byte[8192];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && !inflater.finished()) {
                    throw MalformedImageException.malformed("The PNG has a compressed text that breaks off");
                }
                budget.metadata(count);
            }
        } catch (DataFormatException e) {
            throw MalformedImageException.malformed("The PNG has a text that can't be decompressed");
        } finally {
            inflater.end();
        }
    }
}
