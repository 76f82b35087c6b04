package io.github.imagehost.core.dedup;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.VariantRequest;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.repository.failure.QuotaExceededException;
import io.github.imagehost.core.testing.Blob;
import io.github.imagehost.core.testing.BlobState;
import io.github.imagehost.core.testing.InMemoryMetadataRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Repositories as somebody might have written them who did not think of everything. */
final class MistakenRepository {

    private MistakenRepository() {}

    /** Attaches images to condemned blobs, too. */
    static final class AttachingToTheCondemned extends InMemoryMetadataRepository {

        AttachingToTheCondemned(Clock clock) {
            super(clock);
        }

        @Override
        protected @Nullable Blob blobToUse(Digest digest) {
            return blobsOf(digest).findFirst().orElse(null);
        }

        @Override
        protected boolean isStored(Blob blob) {
            return blob.state() != BlobState.RESERVED;
        }
    }

    /** Attaches without looking whether the owner has an image of the blob. */
    static final class AttachingTwice extends InMemoryMetadataRepository {

        AttachingTwice(Clock clock) {
            super(clock);
        }

        @Override
        public synchronized Claim<UploadRequest, Image> claim(UploadRequest request) {
            Blob blob = blobToUse(request.content().digest());
            return blob != null && isStored(blob)
                    ? new Claim.Attached<>(insertImage(blob, request))
                    : super.claim(request);
        }
    }

    /** Completes a reservation without looking whether it was lost. */
    static final class CompletingWhatWasLost extends InMemoryMetadataRepository {

        CompletingWhatWasLost(Clock clock) {
            super(clock);
        }

        @Override
        protected boolean isCondemned(Blob blob) {
            return false;
        }
    }

    /**
     * Makes an image that is not there when it is asked again whether it was made, although it may be deleted
     * meanwhile.
     */
    static final class CompletingAgain extends InMemoryMetadataRepository {

        CompletingAgain(Clock clock) {
            super(clock);
        }

        @Override
        public synchronized Optional<Image> complete(Reservation<UploadRequest> reservation) {
            UploadRequest request = reservation.request();
            return super.complete(reservation)
                    .or(() -> blobsOf(request.content().digest())
                            .filter(blob -> blob.id() == reservation.blobId() && isStored(blob))
                            .findFirst()
                            .map(blob -> insertImage(blob, request)));
        }
    }

    /** Condemns a blob without looking whether another owner needs it. */
    static final class SeeingOneOwner extends InMemoryMetadataRepository {

        SeeingOneOwner(Clock clock) {
            super(clock);
        }

        @Override
        protected boolean isUnused(Blob blob) {
            return true;
        }
    }

    /** Forgets a blob when its object is deleted, although the object may still be on its way. */
    static final class ForgettingAtOnce extends InMemoryMetadataRepository {

        ForgettingAtOnce(Clock clock) {
            super(clock);
        }

        @Override
        public synchronized void forget(Collection<CondemnedBlob> condemned) {
            super.forget(condemned.stream()
                    .map(blob -> new CondemnedBlob(blob.blobId(), blob.objectKey(), true))
                    .toList());
        }
    }

    /** Removes the row of a reservation that is given up, although the object may still be on its way. */
    static final class AbandoningAtOnce extends InMemoryMetadataRepository {

        AbandoningAtOnce(Clock clock) {
            super(clock);
        }

        @Override
        public synchronized void abandon(Reservation<?> reservation) {
            super.abandon(reservation);
            super.forget(List.of(new CondemnedBlob(
                    reservation.blobId(), reservation.request().objectKey(), true)));
        }
    }

    /** Takes a reservation that is given up for the one of its bytes, although another one may have taken over. */
    static final class AbandoningByDigest extends InMemoryMetadataRepository {

        AbandoningByDigest(Clock clock) {
            super(clock);
        }

        @Override
        public synchronized void abandon(Reservation<?> reservation) {
            blobsOf(reservation.request().identity())
                    .filter(blob -> blob.state() != BlobState.CONDEMNED)
                    .toList()
                    .forEach(this::condemn);
        }
    }

    /** Condemns a blob, but nothing that is derived from it. */
    static final class CondemningNoVariants extends InMemoryMetadataRepository {

        CondemningNoVariants(Clock clock) {
            super(clock);
        }

        @Override
        protected Stream<Blob> derivedFrom(Blob blob) {
            return Stream.empty();
        }
    }

    /** Reserves a variant without looking whether there is still something to derive it from. */
    static final class DerivingFromTheCondemned extends InMemoryMetadataRepository {

        DerivingFromTheCondemned(Clock clock) {
            super(clock);
        }

        @Override
        protected boolean isStored(ObjectKey source) {
            return true;
        }
    }

    /** Takes a variant's reservation over that ran out, but leaves the object its key. */
    static final class TakingTheKeyOver extends InMemoryMetadataRepository {

        TakingTheKeyOver(Clock clock) {
            super(clock);
        }

        @Override
        public synchronized Claim<VariantRequest, Variant> claimVariant(VariantRequest request) {
            return blobs().stream()
                    .filter(blob -> blob.digest().equals(request.identity()))
                    .filter(blob -> blob.state() == BlobState.RESERVED && !isBusy(request))
                    .findFirst()
                    .<Claim<VariantRequest, Variant>>map(expired -> new Claim.Reserved<>(new Reservation<>(
                            expired.id(),
                            expired.key(),
                            false,
                            new VariantRequest(
                                    request.source(),
                                    request.identity(),
                                    request.type(),
                                    expired.key(),
                                    request.lease()))))
                    .orElseGet(() -> super.claimVariant(request));
        }
    }

    /** Hands blobs that are still being stored to the sweep, too. */
    static final class CondemningTheReserved extends InMemoryMetadataRepository {

        CondemningTheReserved(Clock clock) {
            super(clock);
        }

        @Override
        public synchronized List<CondemnedBlob> condemned(long afterBlobId, int limit) {
            return blobs().stream()
                    .filter(blob -> blob.id() > afterBlobId && blob.state() != BlobState.STORED)
                    .map(blob -> new CondemnedBlob(blob.id(), blob.key(), false))
                    .toList();
        }
    }

    /** Answers an upload of what is missing as if it were there. */
    static final class OverlookingWhatIsMissing extends InMemoryMetadataRepository {

        OverlookingWhatIsMissing(Clock clock) {
            super(clock);
        }

        @Override
        protected boolean isMissing(Blob blob) {
            return false;
        }
    }

    /** Notes that an object is missing without looking whether something has happened since somebody looked for it. */
    static final class NotingWithoutLooking extends InMemoryMetadataRepository {

        NotingWithoutLooking(Clock clock) {
            super(clock);
        }

        @Override
        public synchronized boolean markMissing(BlobEntry entry) {
            return blobAt(entry.objectKey()).filter(super::markMissing).isPresent();
        }
    }

    /** Leaves no trace of it that somebody brings back what is missing. */
    static final class ReclaimingWithoutTrace extends InMemoryMetadataRepository {

        ReclaimingWithoutTrace(Clock clock) {
            super(clock);
        }

        @Override
        protected Instant endAfterReclaim(Instant oldEnd, Instant endOfRequest) {
            return oldEnd;
        }
    }

    /** Takes any bytes of a picture for those that are to be stored. */
    static final class OverlookingOtherBytes extends InMemoryMetadataRepository {

        OverlookingOtherBytes(Clock clock) {
            super(clock);
        }

        @Override
        protected boolean isToHold(Blob blob, UploadRequest request) {
            return true;
        }
    }

    /** Takes it for a first upload if an object is brought back under the name of the request. */
    static final class TellingWhatIsMissingByItsKey extends InMemoryMetadataRepository {

        TellingWhatIsMissingByItsKey(Clock clock) {
            super(clock);
        }

        @Override
        protected boolean isOfMissing(Reservation<UploadRequest> reservation) {
            return !reservation.objectKey().equals(reservation.request().objectKey());
        }
    }

    /** Condemns what is missing when somebody gives up bringing it back. */
    static final class AbandoningWhatIsMissing extends InMemoryMetadataRepository {

        AbandoningWhatIsMissing(Clock clock) {
            super(clock);
        }

        @Override
        public synchronized void abandon(Reservation<?> reservation) {
            super.abandon(reservation);
            blobsOf(reservation.request().identity())
                    .filter(this::isMissing)
                    .toList()
                    .forEach(this::condemn);
        }
    }

    /** Lets a name be used twice. */
    static final class ReusingNames extends InMemoryMetadataRepository {

        ReusingNames(Clock clock) {
            super(clock);
        }

        @Override
        protected boolean isUsed(String filename) {
            return false;
        }
    }

    /** Does in two transactions what has to be done in one. */
    static final class InTwoSteps extends InMemoryMetadataRepository {

        InTwoSteps(Clock clock) {
            super(clock);
        }

        Reservation<UploadRequest> reserveWithoutLooking(UploadRequest request) {
            return reserve(request);
        }

        /** The numbers of the blobs that nobody needs any more. */
        List<Long> removeWithoutCondemning(OwnerId owner, List<Long> ids) {
            List<Long> unused = new ArrayList<>();
            for (long id : ids) {
                Blob blob = removeImage(owner, id);
                if (blob != null && isUnused(blob)) {
                    unused.add(blob.id());
                }
            }
            return unused;
        }

        List<CondemnedBlob> condemnWithoutLooking(Digest digest, List<Long> blobIds) {
            return blobsOf(digest)
                    .filter(blob -> blobIds.contains(blob.id()))
                    .map(this::condemn)
                    .toList();
        }
    }

    /** Looks at the quota when it reserves, and not when it makes the image. */
    static final class LookingAtTheQuotaTooSoon extends InMemoryMetadataRepository {

        private boolean completing;

        LookingAtTheQuotaTooSoon(Clock clock) {
            super(clock);
        }

        @Override
        public synchronized Claim<UploadRequest, Image> claim(UploadRequest request) {
            if (!isWithinQuota(request.owner(), request.content())) {
                throw new QuotaExceededException(request.owner(), quota(request.owner()));
            }
            return super.claim(request);
        }

        @Override
        public synchronized Optional<Image> complete(Reservation<UploadRequest> reservation) {
            completing = true;
            try {
                return super.complete(reservation);
            } finally {
                completing = false;
            }
        }

        @Override
        protected boolean isWithinQuota(OwnerId owner, ImageDescriptor content) {
            return completing || super.isWithinQuota(owner, content);
        }
    }

    /** Does not count what another owner has. */
    static final class AttachingBeyondTheQuota extends InMemoryMetadataRepository {

        private boolean claiming;

        AttachingBeyondTheQuota(Clock clock) {
            super(clock);
        }

        @Override
        public synchronized Claim<UploadRequest, Image> claim(UploadRequest request) {
            claiming = true;
            try {
                return super.claim(request);
            } finally {
                claiming = false;
            }
        }

        @Override
        protected boolean isWithinQuota(OwnerId owner, ImageDescriptor content) {
            return claiming || super.isWithinQuota(owner, content);
        }
    }

    /** Refuses to say that an image was made because there is no room for another one. */
    static final class RefusingWhatWasDone extends InMemoryMetadataRepository {

        RefusingWhatWasDone(Clock clock) {
            super(clock);
        }

        @Override
        public synchronized Optional<Image> complete(Reservation<UploadRequest> reservation) {
            UploadRequest request = reservation.request();
            if (!isWithinQuota(request.owner(), request.content())) {
                throw new QuotaExceededException(request.owner(), quota(request.owner()));
            }
            return super.complete(reservation);
        }
    }

    /** Answers an upload with what the owner has, however long that lasts. */
    static final class AnsweringWithWhatEnds extends InMemoryMetadataRepository {

        AnsweringWithWhatEnds(Clock clock) {
            super(clock);
        }

        @Override
        protected Sharing extended(Sharing sharing, Sharing wanted) {
            return sharing;
        }
    }

    /** Does not look whether an image has ended. */
    static final class OverlookingTheEnd extends InMemoryMetadataRepository {

        OverlookingTheEnd(Clock clock) {
            super(clock);
        }

        @Override
        protected boolean hasEnded(Image image) {
            return false;
        }
    }

    /** Removes what is to end some time. */
    static final class RemovingTooSoon extends InMemoryMetadataRepository {

        RemovingTooSoon(Clock clock) {
            super(clock);
        }

        @Override
        protected boolean isToBeRemoved(Image image) {
            return image.sharing().isLimited();
        }
    }

    /** Hides what has ended, and leaves it there. */
    static final class LeavingWhatHasEnded extends InMemoryMetadataRepository {

        LeavingWhatHasEnded(Clock clock) {
            super(clock);
        }

        @Override
        protected boolean isToBeRemoved(Image image) {
            return false;
        }
    }

    /** Shares an image as its last upload wanted. */
    static final class ShowingWhatIsPrivate extends InMemoryMetadataRepository {

        ShowingWhatIsPrivate(Clock clock) {
            super(clock);
        }

        @Override
        protected Sharing extended(Sharing sharing, Sharing wanted) {
            return super.extended(sharing, wanted).visibility(wanted.visibility());
        }
    }
}
