package io.github.imagehost.core.format.jpeg;

import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.Metadata;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.Rewrite;
import io.github.imagehost.core.format.XmpPointers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The XMP of a JPEG (XMP specification, part 3, 1.1.3): a packet, and what has no room in it. For one walk. */
final class JpegXmp {

    /** What the segment of the packet begins with. */
    static final String NAME = "http://ns.adobe.com/xap/1.0/\0";

    /** What each segment of the extension begins with. */
    static final String NAME_OF_EXTENSION = "http://ns.adobe.com/xmp/extension/\0";

    private static final int LONGEST_PACKET = 0xffff - 2 - NAME.length();

    private record Part(long start, long end) {}

    private final MetadataPolicy policy;
    private final XmpPointers pointers;
    private final List<Part> extension = new ArrayList<>();
    private boolean packetPoints;
    private boolean extensionPoints;

    JpegXmp(MetadataPolicy policy) {
        this.policy = policy;
        this.pointers = new XmpPointers(policy);
    }

    /** Copies of a segment what stays. */
    void addPacket(long start, long end, byte[] data, Rewrite.Builder rewrite) throws MalformedImageException {
        byte[] packet = Metadata.after(data, NAME);
        if (pointers.mayBeIn(packet)) {
            if (packetPoints) {
                // parsing takes time, and there should be only one packet
                return;
            }
            packetPoints = true;
        }
        Optional<byte[]> kept = Optional.of(packet).filter(this::mayStay).flatMap(pointers::removedFrom);
        if (kept.isPresent() && Arrays.equals(kept.get(), packet)) {
            rewrite.copy(start, end);
        } else {
            // written anew, a place may have a name that can be read
            kept.filter(copy -> copy.length <= LONGEST_PACKET && mayStay(copy))
                    .ifPresent(copy -> rewrite.insert(JpegWalk.segment(NAME, copy)));
        }
    }

    private boolean mayStay(byte[] packet) {
        return policy.keeps(false, () -> Metadata.isXmpWithoutLocation(packet));
    }

    /** Copies a segment of the extension if it may stay for now. */
    void addExtension(long start, long end, byte[] data, Rewrite.Builder rewrite) throws MalformedImageException {
        if (policy == MetadataPolicy.KEEP) {
            rewrite.copy(start, end);
            extension.add(new Part(start, end));
            extensionPoints |= pointers.mayBeIn(data);
        }
    }

    /**
     * To be called when all segments are known: the extension is one text in several segments, of which all stay or
     * none.
     */
    void leaveOutIfPointing(Rewrite.Builder rewrite) {
        if (extensionPoints) {
            extension.forEach(part -> rewrite.leaveOut(part.start(), part.end()));
        }
    }
}
