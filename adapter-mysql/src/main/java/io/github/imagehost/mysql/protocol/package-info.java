/**
 * The dedup protocol in SQL, and what else the metadata repository is asked for.
 *
 * <p>A row of {@code imagehost_blob} is <em>reserved</em>, then <em>stored</em>, perhaps <em>missing</em> (stored, but
 * its object is not there), then <em>condemned</em>, then gone; all but the last two are <em>live</em>. Each line is
 * one transaction at READ COMMITTED. Statements are those of {@code BlobMapper}, unless they are named {@code image.…};
 * a statement in brackets locks what it reads ({@code FOR UPDATE}); all others that change a row name the state it has
 * to be in, and change nothing if it is in another one.
 *
 * <pre>
 * event            blob               statements                                becomes      decided by
 * ---------------- ------------------ ----------------------------------------- ------------ ---------------------------
 * claim            none is live       insertReserved                            reserved     unique live_digest, object_key
 * claim            reserved, own key  selectLive                                             (an earlier try of this request)
 * claim            reserved, running  selectLive                                             answered with Busy
 * claim            reserved, expired  condemnExpired, insertReserved            condemned,   state and lease; live_digest
 *                                                                               reserved
 * claim            stored, own image  selectLive                                             answered with Existing
 * claim            stored             [lockStored], image.insert                stored       unique (blob_id, owner_id),
 *                                                                                            unique filename
 * claim            missing            reclaimMissing                            missing      same bytes, or quarantine over
 * complete         reserved           markStored, image.insert                  stored       state
 * complete         missing            [lockStored], markPresent, image.insert   stored       stored_digest
 * complete         condemned or gone  (changes no row)                                       lost
 * abandon          reserved           condemnReserved                           condemned    state
 * claimVariant     none is live       [lockStoredAt source], insertVariant      reserved     unique live_digest, object_key
 * claimVariant     reserved, expired  [lockStoredAt source], condemnExpired,    condemned,   state and lease; live_digest
 *                                     insertVariant                             reserved
 * completeVariant  reserved           markVariantStored                         stored       state
 * remove           stored             [image.lockOwned], image.delete,          condemned,   no image is left, seen under
 *                                     [lockStored], image.selectBlobsInUse,     if unused    the blob's lock
 *                                     [lockDerived], condemnLive
 * condemnExpired   reserved, expired  condemnExpired                            condemned    state and lease
 * forget           condemned          deleteCondemned, or postponeCondemned     gone         quarantine is over, or not yet
 * markMissing      stored             markMissing; of a variant condemnDerived  missing;     quarantine_until as it was seen
 *                                                                               condemned
 * markPresent      missing            markBack                                  stored       quarantine_until as it was seen
 * adopt            none is live       insertAdopted, image.insert               stored       unique live_digest, object_key
 * adopt            stored             [lockStored], insertAdopted as a copy,    stored       unique filename, former_id
 *                                     image.insert or image.insertAlias
 * </pre>
 *
 * <p>Why these locks suffice: an image may point to a blob, and a variant may be made of it, only while it is stored,
 * and only {@code remove} ends that. So whoever adds an image or a variant locks the stored blob first, and so does
 * {@code remove} before it looks whether anything points to the blob: one of the two sees what the other has done.
 * Everything else is one statement that names the state it expects, and two unique keys: {@code live_digest}, which is
 * null once a blob is condemned, and {@code (blob_id, owner_id)}. Locks are taken in ascending order of the ids, images
 * before blobs, blobs before what is derived from them, and counts of images last, so that no two transactions wait for
 * each other for long.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.mysql.protocol;

import org.jspecify.annotations.NullMarked;
