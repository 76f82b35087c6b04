package io.github.imagehost.core.format.jpeg;

import io.github.imagehost.core.format.ColourProfile;
import io.github.imagehost.core.format.Rewrite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The colour profile of a JPEG, which lies in one or more segments (ICC.1:2022, B.4). Browsers ignore one whose parts
 * don't fit together, but other decoders refuse the whole picture then. For one walk.
 */
final class JpegProfile {

    /** What a segment of it begins with. */
    static final String NAME = "ICC_PROFILE\0";

    private static final int HEADER_LENGTH = NAME.length() + 2;
    private static final int MOST_PARTS = 255;

    private record Part(long start, long end, int number, int count, int length) {

        ColourProfile.Part data() {
            return new ColourProfile.Part(end - length, end);
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private boolean isBroken;

    /** Answers whether the segment may stay for now. */
    boolean add(long start, long end, byte[] data) {
        if (data.length < HEADER_LENGTH || parts.size() == MOST_PARTS) {
            isBroken = true;
            return false;
        }
        int number = data[HEADER_LENGTH - 2] & 0xff;
        int count = data[HEADER_LENGTH - 1] & 0xff;
        parts.add(new Part(start, end, number, count, data.length - HEADER_LENGTH));
        return true;
    }

    /**
     * Settles what becomes of it, when all parts are known. Decoders that convert colours by themselves do not get it.
     *
     * @param firstScan where that begins in the file
     * @return empty if there is no profile, or if not all of it lies before the pixels, where decoders look for it
     */
    Optional<ColourProfile> settle(long firstScan, Rewrite.Builder rewrite) {
        if (isBroken || !fitsTogether()) {
            parts.forEach(part -> rewrite.leaveOut(part.start(), part.end()));
            return Optional.empty();
        }
        parts.forEach(part -> rewrite.replaceForDecoders(part.start(), part.end(), new byte[0]));
        return parts.isEmpty() || parts.stream().anyMatch(part -> part.start() > firstScan)
                ? Optional.empty()
                : Optional.of(ColourProfile.in(parts.stream()
                        .sorted(Comparator.comparingInt(Part::number))
                        .map(Part::data)
                        .toList()));
    }

    /** In any order; some programs begin to count with 0. */
    private boolean fitsTogether() {
        int first = parts.stream().mapToInt(Part::number).min().orElse(1);
        return first <= 1
                && parts.stream().mapToInt(Part::number).distinct().count() == parts.size()
                && parts.stream().allMatch(part -> part.count() == parts.size() && part.number() < first + parts.size())
                && (parts.isEmpty() || parts.stream().anyMatch(part -> part.length() > 0));
    }
}
