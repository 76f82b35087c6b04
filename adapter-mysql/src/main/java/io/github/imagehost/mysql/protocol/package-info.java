/**
 * The dedup protocol in SQL, and what else the metadata repository is asked for.
 *
 * <p>A row of {@code imagehost_blob} is <em>reserved</em>, then <em>stored</em>, then <em>condemned</em>, then gone; a
 * reserved or stored one is <em>live</em>. A stored one is <em>missing</em> while {@code missing_since} is set: its
 * object is not there. A statement for stored rows concerns missing ones, too.
 *
 * <p>The table shows what decides in each state, and what comes of it. Statements are those of {@code BlobMapper} and
 * {@code UploadStatements}, unless they are named {@code image.…}; those in brackets lock what they read ({@code FOR
 * UPDATE}). The statements of one line are one transaction at READ COMMITTED, but for the claim of new content: each of
 * its statements commits itself, since it may be repeated, and a reservation that nobody knows of runs out. An upload
 * tries to reserve before it looks which line it is ({@code selectLive}); a variant looks first
 * ({@code selectVariant}). These looks lock nothing, and nothing depends on them, since the line's own statements say
 * what they expect. Whoever adds an image also looks whether its name was used, unless he has just reserved it, and
 * counts the image, last of all; and if its owner has a quota, whoever makes the next one waits for him
 * ({@link io.github.imagehost.mysql.protocol.Quotas}), and what the owner has by then decides whether the transaction
 * ends well. What was made before is answered without looking at the quota.
 *
 * <p>Whoever removes images takes them out of albums and off tags in the same transaction, before blobs are looked at
 * ({@link io.github.imagehost.mysql.album.Filings}).
 *
 * <p>Those who claim new content and those who complete it at the same time share the statements of their lines, as
 * those do who look whether their contents are known ({@link io.github.imagehost.mysql.transaction.Batcher}). What was
 * reserved for whom is told by the objects' keys. When fewer are stored than were to be completed, nothing is, and each
 * is completed by itself. Rows of several are written in the order of the unique key that may make them wait: digests
 * of blobs, then ids of blobs, then quotas of owners, then ranges of images.
 *
 * <pre>
 * event            blob                statements                               becomes      decided by
 * ---------------- ------------------- ---------------------------------------- ------------ ---------------------------
 * claim            none is live        insertReserved, selectReserved           reserved     unique live_digest, object_key
 * claim            none, key was used  (insertReserved inserts nothing)                      KeyUsed
 * claim            none, name was used insertReserved, selectReserved,          condemned    KeyUsed: of another image that
 *                                      condemnReserved                                       the request has made before
 * claim            reserved, own key   (none)                                                Reserved, once more
 * claim            reserved, running   (none)                                                Busy
 * claim            reserved, expired   condemnExpired, insertReserved,          condemned,   state and lease; live_digest
 *                                      selectReserved                           reserved
 * claim            stored, own image   (none)                                                Existing, or Attached if the
 *                                                                                            image has the request's name
 * claim            live, own image     image.lockEnded, and as remove           as remove    expires_at; then claimed anew
 *                  that has ended
 * claim            live, own image     extend                                   (stays)      expires_at, views_left as they
 *                  that ends too soon                                                        were seen; then claimed anew
 * claim            stored, no image    checkStored, insertImages                stored       still stored; unique
 *                                                                                            (blob_id, owner_id), filename
 * claim            missing             reclaimMissing                           missing      same bytes, or quarantine
 *                                                                                            over; otherwise Busy
 * complete         reserved            markStored, insertImages                 stored       state; not the lease
 * complete         stored              markStored changes nothing               stored       the image, if it is live
 * complete         missing             checkStored, markPresent, insertImages   stored       stored_digest; an image only
 *                                      if this owner has none                                where there is none
 * complete         condemned or gone   markStored changes nothing                            lost
 * abandon          reserved            condemnReserved                          condemned    state; else nothing changes
 * claimVariant     none is live        checkStored of source, insertVariant     reserved     source is stored; unique
 *                                                                                            live_digest, object_key
 * claimVariant     reserved, expired   checkStored of source, condemnExpired,   condemned,   state and lease; live_digest
 *                                      insertVariant                            reserved
 * claimVariant     any other           (none)                                                as a claim is answered
 * completeVariant  reserved            markVariantStored                        stored       state; not the lease
 * remove           stored, missing     [image.lockOwned], image.delete,         condemned,   no image is left, seen after
 *                                      checkStored, image.selectBlobsInUse,     if unused    the check
 *                                      [lockDerived], condemnLive,
 *                                      image.deleteAliases
 * remove           derived of it       (the same)                               condemned    its source is condemned
 * removeEnded      stored, missing     [image.lockEnded], and as remove         as remove    expires_at, seen under the lock
 * condemnExpired   reserved, expired   selectExpired, condemnExpired            condemned    state and lease
 * forget           condemned, settled  deleteCondemned                          gone         its quarantine was over
 * forget           condemned           postponeCondemned                        condemned    due when the quarantine ends
 * markMissing      stored              markMissing                              missing      quarantine_until as it was seen
 * markMissing      stored, derived     condemnDerived                           condemned    quarantine_until as it was seen
 * markPresent      missing             markBack                                 stored       stored_digest, and
 *                                                                                            quarantine_until as it was seen
 * adopt            none is live        insertAdopted, insertImages              stored       unique live_digest, object_key
 * adopt            stored, missing     checkStored, insertAdopted as a copy,    stored       unique filename, former_id,
 *                                      insertImages or image.insertAlias                     (blob_id, owner_id)
 * adopt            reserved            (none)                                                refused as busy
 * restore          any                 as adopt, without looking at the quota                as adopt
 * </pre>
 *
 * <p>Why this suffices: an image may point to a blob, and a variant may be made of it, only while it is stored, and an
 * original stops to be so by {@code remove} alone. So whoever adds an image, a further name or a variant to a stored
 * blob, and whoever removes an image of it, first counts up its {@code checks} and only then looks at what hangs on it:
 * one of two waits until the other is done, and sees what that one has done. That takes statements that see what was
 * committed before they began, as at READ COMMITTED. Everything else hangs on unique keys ({@code live_digest}, which
 * is null once a blob is condemned, {@code object_key}, {@code filename}, {@code (blob_id, owner_id)}), and on
 * statements that name the state which they expect. Rows of one kind are locked in ascending order of their ids;
 * deadlocks are rare, and are tried again.
 *
 * <p>Nor does it take a single server. In a cluster that takes writes at several (Galera, group replication), nobody
 * waits for a row that is changed on another server; both go on, and when they have <em>written</em> the same row or
 * the same value of a unique key, the later one fails at its commit, as after a deadlock, and is tried again. What only
 * was locked or read does not count. That is why {@code checks} is a column and no lock, why quotas have one, too, and
 * why every row in brackets above is written before its transaction ends: images that were locked are deleted, and what
 * is derived from a condemned blob is condemned. Derived blobs that {@code remove} can't see yet were made by somebody
 * who has checked the source. What a server answers without writing anything is what it knows by then: see the setting
 * {@code wsrep_sync_wait} in the handbook.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.mysql.protocol;

import org.jspecify.annotations.NullMarked;
