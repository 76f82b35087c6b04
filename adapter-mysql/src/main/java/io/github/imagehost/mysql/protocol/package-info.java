/**
 * The dedup protocol in SQL, and what else the metadata repository is asked for.
 *
 * <p>A row of {@code imagehost_blob} is <em>reserved</em>, then <em>stored</em>, then <em>condemned</em>, then gone; a
 * reserved or stored one is <em>live</em>. A stored one is <em>missing</em> while {@code missing_since} is set: its
 * object is not there. A statement for stored rows concerns missing ones, too.
 *
 * <p>The tables show what decides in each state, and what comes of it. How to read them:
 *
 * <ul>
 *   <li>Statements are those of {@code BlobMapper} and {@code UploadStatements}; {@code image.…} are those of
 *       {@code ImageMapper}, and {@code extend} is that of {@code ImageChanges}.
 *   <li>Statements in brackets lock what they read ({@code FOR UPDATE}).
 *   <li>The statements of one line are one transaction at READ COMMITTED. There are two exceptions: the claim of new
 *       content, each of whose statements commits itself, since it may be repeated, and a reservation that nobody knows
 *       of runs out; and {@code condemnExpired}, which looks first and goes on in portions that stay done.
 *   <li>A claim tries to reserve first. Only if that reserves nothing does it look which other line it is
 *       ({@code selectLive}). A claim of a variant looks first ({@code selectVariant}). These looks lock nothing, and
 *       nothing depends on them, since the line's own statements say what they expect: if they find something else, the
 *       claim starts again.
 * </ul>
 *
 * <p>What every line has besides:
 *
 * <ul>
 *   <li>A transaction that adds an image looks whether its name was used, unless it completes a reservation: its claim
 *       has looked.
 *   <li>A transaction that adds or removes images counts them, last of all.
 *   <li>If an owner has a quota, the transactions that make images of this owner wait for one another
 *       ({@link io.github.imagehost.mysql.protocol.Quotas}). Each ends well only if the owner has no more than the
 *       quota allows by then. An answer with an image that was there does not look at the quota.
 *   <li>A transaction that removes images takes them out of albums and off tags before it looks at their blobs
 *       ({@link io.github.imagehost.mysql.album.Filings}).
 * </ul>
 *
 * <p>Claims of new content that come at the same time share the statements of their lines; so do completions, and looks
 * for contents that may be known ({@link io.github.imagehost.mysql.transaction.Batcher}). Which reservation is whose is
 * told by the objects' keys. If some of the completions can't be done, none is done together, and each is done by
 * itself. Rows of several callers are written in the order of the unique key that may make them wait: digests of blobs,
 * then ids of blobs, then quotas of owners, then ranges of images.
 *
 * <p>What a claim does and answers, by what is there of its content. The first line that fits counts; content of
 * another size is refused before any of them:
 *
 * <pre>
 * blob                statements                               becomes      answer       decided by
 * ------------------- ---------------------------------------- ------------ ------------ ---------------------------
 * none is live        insertReserved, selectReserved           reserved     Reserved     unique live_digest, object_key
 * none, key was used  insertReserved inserts nothing                        KeyUsed      unique object_key
 * none, name was used insertReserved, selectReserved,          condemned    KeyUsed      an image had the name, or
 *                     condemnReserved                                                    content the key, before
 * reserved, own key   selectReserved, or selectLive            (stays)      Reserved     object_key; also if expired
 * reserved, running   (none)                                   (stays)      Busy         lease
 * reserved, expired   condemnExpired, insertReserved,          condemned,   Reserved     state and lease; live_digest
 *                     selectReserved                           reserved
 * stored, own image   [image.lockEnded], and as remove         as remove    claims again expires_at, seen under the
 *   that has ended                                                                       lock
 * stored, own image   extend                                   (stays)      claims again expires_at, views_left as they
 *   that ends too soon                                                                   were seen
 * stored, own image   (none)                                   (stays)      Existing     no earlier try has made it
 * stored, own image   (none)                                   (stays)      Attached     the image has the request's
 *   of earlier try                                                                       name
 * stored, no image    checkStored, insertImages                stored       Attached     still stored; unique
 *                                                                                        (blob_id, owner_id), filename
 * stored, no image,   checkStored                              stored       KeyUsed      an image had the name, or
 *   name was used                                                                        content the key, before
 * missing             reclaimMissing                           missing      Reserved     same bytes, or quarantine over
 * missing             reclaimMissing changes nothing           missing      Busy         other bytes may be under way
 * </pre>
 *
 * <p>Everything else. A completion is one of something missing if its reservation says so, whatever the blob is by
 * then:
 *
 * <pre>
 * event            blob                statements                               becomes      decided by
 * ---------------- ------------------- ---------------------------------------- ------------ ---------------------------
 * complete         reserved            markStored, insertImages                 stored       state; not the lease
 * complete         stored              markStored changes nothing               stored       the image, if it is live
 * complete         missing             checkStored, completeMissing,            stored       stored_digest; an image only
 *                                      insertImages if this owner has none                   where there is none
 * complete         missing, own image  checkStored, completeMissing             stored       expires_at; nothing is
 *                  that has ended                                                         answered
 * complete         condemned or gone   markStored changes nothing                            lost
 * abandon          reserved            condemnReserved                          condemned    state; else nothing changes
 * claimVariant     none is live        checkStored of source, insertVariant     reserved     source is stored; unique
 *                                                                                            live_digest, object_key
 * claimVariant     reserved, expired   checkStored of source, condemnExpired,   condemned,   state and lease; live_digest
 *                                      insertVariant                            reserved
 * claimVariant     any other           (none)                                                as a claim is answered
 * completeVariant  reserved            markVariantStored                        stored       state; not the lease
 * remove           stored, missing     [image.lockOwned],                       condemned,   no image is left, seen after
 *                                      image.retireFilenames, image.delete,     if unused    the check
 *                                      checkStored, image.selectBlobsInUse,
 *                                      [lockDerived], condemnLive,
 *                                      image.retireAliases, image.deleteAliases
 * remove           derived of it       (the same)                               condemned    its source is condemned
 * removeEnded      stored, missing     [image.lockEnded], and as remove         as remove    expires_at, seen under the lock
 * condemnExpired   reserved, expired   selectExpired, condemnExpired            condemned    state and lease
 * condemnExpired   (retired filenames) image.selectRetiredLongAgo,              (forgotten)  retired_at, 24 hours ago
 *                                      image.deleteRetired
 * forget           condemned, settled  deleteCondemned                          gone         its quarantine was over
 * forget           condemned           postponeCondemned                        condemned    due when the quarantine ends
 * markMissing      stored              markMissing                              missing      quarantine_until as it was seen
 * markMissing      stored, derived     condemnDerived                           condemned    quarantine_until as it was seen
 * markPresent      missing             markPresent                              stored       stored_digest, and
 *                                                                                            quarantine_until as it was seen
 * adopt            none is live        insertAdopted, insertImages              stored       unique live_digest, object_key
 * adopt            stored, missing     checkStored, insertAdopted as a copy,    stored       unique filename, former_id,
 *                                      insertImages or image.insertAlias                     (blob_id, owner_id)
 * adopt            reserved            (none)                                                refused as busy
 * restore          any                 as adopt, without looking at the quota                as adopt
 * </pre>
 *
 * <p>Why this suffices: an image may point to a blob, and a variant may be made of it, only while it is stored, and an
 * original stops being stored by {@code remove} and {@code removeEnded} alone. So a transaction that adds an image, a
 * further name or a variant to a stored blob, and one that removes an image of it, first counts up its {@code checks}
 * and only then looks at what hangs on it: one of two waits until the other is done, and sees what that one has done.
 * That takes statements that see what was committed before they began, as at READ COMMITTED. Everything else hangs on
 * unique keys ({@code live_digest}, which is null once a blob is condemned, {@code object_key}, {@code filename},
 * {@code (blob_id, owner_id)}), and on statements that name the state which they expect. Rows of one kind are locked in
 * ascending order of their ids; deadlocks are rare, and are tried again.
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
