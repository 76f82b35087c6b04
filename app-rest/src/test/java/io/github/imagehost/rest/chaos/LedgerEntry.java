package io.github.imagehost.rest.chaos;

import java.util.OptionalLong;

/**
 * What is known of an image. Times are the ledger's. Nobody may do two things with it at once.
 *
 * <p>Three things end an image: a deletion, the last of its views, and somebody who lets its end come. As long as none
 * of them may have happened it has to be there.
 */
final class LedgerEntry {

    private enum Audience {
        EVERYBODY,
        OWNER,
        /** A change was asked for and not answered. */
        UNKNOWN
    }

    /** Later than everything. */
    private static final long NOT_YET = Long.MAX_VALUE;

    private final Link link;
    private final long knownSince;
    private boolean answeredAsNew;
    /** Begun since the last audit. */
    private int deletions;

    private boolean acknowledgedAsDeleted;
    private boolean ended;
    /** 0 while it is not known to be gone. */
    private long goneSince;

    private Audience audience;
    private long audienceSince;
    private boolean changing;
    private long lastChange;
    /** When it may have got an end at the latest. */
    private long limitedUntil;
    /** When it was asked for last that it have no end, with success. */
    private long unlimitedSince;

    private OptionalLong views;
    /** Since the last audit. */
    private long viewsBegun;

    private long viewsHad;

    LedgerEntry(SharedLink image, long now) {
        this.link = image.link();
        this.knownSince = now;
        this.audience = audienceOf(image.terms());
        this.audienceSince = now;
        this.views = image.terms().views();
    }

    private static Audience audienceOf(Terms terms) {
        return terms.isPrivate() ? Audience.OWNER : Audience.EVERYBODY;
    }

    Link link() {
        return link;
    }

    // ---- whether it is there

    /** @param ending whether ends may be coming just now */
    Ledger.Fate fate(boolean ending) {
        if (goneSince > 0) {
            return Ledger.Fate.GONE;
        }
        return deletions > 0 || mayHaveEnded(ending) ? Ledger.Fate.IN_DOUBT : Ledger.Fate.LIVE;
    }

    private boolean mayHaveEnded(boolean ending) {
        return (ending && !isUnlimited()) || (views.isPresent() && viewsBegun >= views.getAsLong());
    }

    /** Whether one deletion and nothing else may have removed it. */
    boolean isAskedToBeDeletedOnce(boolean ending) {
        return deletions == 1 && goneSince == 0 && !mayHaveEnded(ending);
    }

    boolean isKnownBefore(long time) {
        return knownSince < time;
    }

    boolean isGoneBefore(long time) {
        return goneSince > 0 && goneSince < time;
    }

    boolean isGoneAfter(long time) {
        return goneSince > time;
    }

    boolean hasEnded() {
        return ended;
    }

    void deleting() {
        deletions++;
    }

    /** Whether it was acknowledged before. */
    boolean deleted(long now) {
        boolean before = acknowledgedAsDeleted;
        acknowledgedAsDeleted = true;
        gone(now);
        return before;
    }

    void gone(long now) {
        if (goneSince == 0) {
            goneSince = now;
        }
    }

    void ended(long now) {
        ended = true;
        gone(now);
    }

    /** Whether an upload was told before that it was the first. */
    boolean answeredAsNew() {
        boolean before = answeredAsNew;
        answeredAsNew = true;
        return before;
    }

    // ---- how it is shared

    boolean isPrivate() {
        return audience == Audience.OWNER;
    }

    /** Whether only the owner might see it all the time since then. */
    boolean isPrivateSinceBefore(long time) {
        return audience == Audience.OWNER && audienceSince < time;
    }

    /** Whether everybody might see it all the time since then. */
    boolean isPublicSinceBefore(long time) {
        return audience == Audience.EVERYBODY && audienceSince < time;
    }

    /** Whether it has no end, and nobody may have asked for one since. */
    boolean isUnlimited() {
        return unlimitedSince > limitedUntil;
    }

    /** Whether nobody may have changed it since then. */
    boolean isUnchangedSince(long time) {
        return !changing && lastChange < time;
    }

    /** An upload that began at that time wanted no end, and got this image. */
    void uploadedWithoutEnd(long begun) {
        unlimitedSince = Math.max(unlimitedSince, begun);
    }

    /** Whether no other change is under way. */
    boolean changing(Change change) {
        if (changing) {
            return false;
        }
        changing = true;
        switch (change) {
            case HIDE, SHOW -> audience = Audience.UNKNOWN;
            case LIMIT -> limitedUntil = NOT_YET;
            case UNLIMIT -> {
                // what may be done too late does no harm
            }
        }
        return true;
    }

    void changed(long begun, Change change, long now) {
        changing = false;
        lastChange = now;
        switch (change) {
            case HIDE, SHOW -> {
                audience = change == Change.HIDE ? Audience.OWNER : Audience.EVERYBODY;
                audienceSince = now;
            }
            case LIMIT -> limitedUntil = now;
            case UNLIMIT -> uploadedWithoutEnd(begun);
        }
    }

    void viewing() {
        viewsBegun++;
    }

    /** Whether it has had no more views than it may. */
    boolean viewed() {
        viewsHad++;
        return views.isEmpty() || viewsHad <= views.getAsLong();
    }

    /** Whether it may have that many views left. */
    boolean mayHaveLeft(OptionalLong left) {
        if (views.isEmpty() || left.isEmpty()) {
            return views.isEmpty() && left.isEmpty();
        }
        return left.getAsLong() >= views.getAsLong() - viewsBegun && left.getAsLong() <= views.getAsLong() - viewsHad;
    }

    /** Whether it may be shared so that everybody, or only its owner, sees it. */
    boolean mayBeSharedWith(Terms terms) {
        return audience == Audience.UNKNOWN || audience == audienceOf(terms);
    }

    /** No request is under way: from now on it is shared as it was found to be. */
    void settle(Terms found, long now) {
        deletions = 0;
        audience = audienceOf(found);
        audienceSince = now;
        changing = false;
        lastChange = now;
        limitedUntil = found.ends() ? now : 0;
        unlimitedSince = found.ends() ? 0 : now;
        views = found.views();
        viewsBegun = 0;
        viewsHad = 0;
    }
}
