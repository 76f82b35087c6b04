package io.github.imagehost.core.intake;

import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.decoding.RequesterGoneException;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.Rewrite;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.format.walk.ForeignFormat;
import io.github.imagehost.core.format.walk.ImageWalker;
import io.github.imagehost.core.intake.refusal.DamagedImageException;
import io.github.imagehost.core.intake.refusal.DamagedImageException.Damage;
import io.github.imagehost.core.intake.refusal.ImageTooComplexException;
import io.github.imagehost.core.intake.refusal.UnsupportedImageException;
import io.github.imagehost.core.intake.refusal.UploadRefusedException;
import io.github.imagehost.core.intake.spool.Spool;
import io.github.imagehost.core.intake.spool.SpoolException;
import io.github.imagehost.core.intake.spool.SpooledContent;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ImageDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.util.Optional;

/**
 * Receives files from outside and refuses those that are no pictures. Touches neither store nor repository. Looks at
 * pixels in threads of its own. Safe for use by many threads.
 */
public final class Intake implements AutoCloseable {

    private final Spool spool;
    private final UploadPolicy policy;
    private final PixelCheck pixelCheck;
    private final SecondLook secondLook;

    public Intake(Spool spool, UploadPolicy policy) {
        this(spool, policy, new PixelCheck());
    }

    Intake(Spool spool, UploadPolicy policy, PixelCheck pixelCheck) {
        this.spool = spool;
        this.policy = policy;
        this.pixelCheck = pixelCheck;
        this.secondLook = new SecondLook(policy, pixelCheck);
    }

    /**
     * Reads a stream to its end.
     *
     * @param source stays open
     * @param maxFileSize the largest file, in bytes, if that is less than what the policy allows
     * @return what was read; whoever asked for it closes it
     * @throws UploadRefusedException if it is empty or too large
     * @throws SpoolException if it can't be kept while it is received
     * @throws IOException if the source can't be read
     */
    public SpooledContent spool(InputStream source, long maxFileSize) throws IOException {
        return spool.receive(source, Math.min(maxFileSize, policy.maxFileSize()));
    }

    /**
     * Looks at what was read.
     *
     * @param originalName what the uploader calls it, any text
     * @param content is closed with what is returned; stays open if that is an exception
     * @param requester who waits for the answer
     * @return the picture, without the metadata that the policy removes; whoever asked for it closes it
     * @throws UploadRefusedException if it is no image of an allowed type, damaged or too complex
     * @throws IntakeBusyException if too many others are looked at for too long
     * @throws RequesterGoneException if the requester does not wait any more
     * @throws SpoolException if it can't be read
     */
    public ReceivedImage inspect(String originalName, SpooledContent content, Requester requester) {
        WalkedImage image;
        try {
            image = walk(content).orElseThrow(() -> unsupported(foreignType(content)));
        } catch (DamagedImageException | ImageTooComplexException refusal) {
            return inspectWithoutEnd(originalName, content, requester, refusal);
        }
        ReceivedImage received = accept(originalName, content, image, false);
        if (policy.verifyDecode()) {
            pixelCheck.check(image, received, requester);
        }
        return received;
    }

    /** Only if all pixels are there, which is therefore looked at whatever the policy says. */
    private ReceivedImage inspectWithoutEnd(
            String originalName, SpooledContent content, Requester requester, UploadRefusedException firstRefusal) {
        WalkedImage image = secondLook.at(content, requester).orElseThrow(() -> firstRefusal);
        ReceivedImage received = accept(originalName, content, image, true);
        try {
            pixelCheck.check(image, received, requester);
        } catch (DamagedImageException e) {
            firstRefusal.addSuppressed(e);
            throw firstRefusal;
        }
        return received;
    }

    private ReceivedImage accept(
            String originalName, SpooledContent content, WalkedImage image, boolean endIsSupplied) {
        policy.check(image.type());
        if (image.end() < content.size() && policy.trailingData() == TrailingData.REFUSE) {
            throw new DamagedImageException(
                    Damage.TRAILING_DATA, "Something follows the picture that does not belong to it");
        }
        return new ReceivedImage(
                OriginalNames.clean(originalName, image.type()),
                describe(image, content),
                content,
                image.rewrite().of(content),
                endIsSupplied);
    }

    private Optional<WalkedImage> walk(SpooledContent content) {
        try {
            return ImageWalker.walk(content, policy.limits(), policy.metadata());
        } catch (ImageLimitException e) {
            throw new ImageTooComplexException(e);
        } catch (MalformedImageException e) {
            throw new DamagedImageException(damageOf(e), String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw SpoolException.unreadable(e);
        }
    }

    private UnsupportedImageException unsupported(Optional<String> mediaType) {
        return new UnsupportedImageException(mediaType, policy.allowedMimeTypes());
    }

    private static Optional<String> foreignType(SpooledContent content) {
        try (InputStream in = content.open()) {
            return ForeignFormat.mediaTypeOf(in.readNBytes(ForeignFormat.HEAD));
        } catch (IOException e) {
            throw SpoolException.unreadable(e);
        }
    }

    private static Damage damageOf(MalformedImageException e) {
        return switch (e.defect()) {
            case TRUNCATED -> Damage.TRUNCATED;
            case MALFORMED -> Damage.MALFORMED;
            case UNUSUAL -> Damage.UNUSUAL;
        };
    }

    private static ImageDescriptor describe(WalkedImage image, SpooledContent content) {
        Rewrite rewrite = image.rewrite();
        return new ImageDescriptor(
                content.digest(),
                content.size(),
                image.type(),
                image.uprightWidth(),
                image.uprightHeight(),
                rewrite.changesAnything() ? digestOf(rewrite, content) : content.digest(),
                rewrite.size());
    }

    private static Digest digestOf(Rewrite rewrite, SpooledContent content) {
        try (DigestInputStream in = new DigestInputStream(rewrite.of(content).open(), Digest.sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return Digest.of(in.getMessageDigest().digest());
        } catch (IOException e) {
            throw SpoolException.unreadable(e);
        }
    }

    /** How many pictures are decoded now, also those that nobody waits for any more. */
    public int decoding() {
        return pixelCheck.active();
    }

    /** Stops what is decoded, and ends the threads in which it is; may be repeated. */
    @Override
    public void close() {
        pixelCheck.close();
    }
}
