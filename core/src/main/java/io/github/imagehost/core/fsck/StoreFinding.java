package io.github.imagehost.core.fsck;

import io.github.imagehost.core.model.ObjectKey;
import java.util.Optional;

/**
 * Something that a {@link StoreCheck} has to tell of one object, or a {@link UsageCheck} of one owner.
 *
 * @param kind what it is
 * @param name the object's key, or, if it is {@link Kind#FOREIGN}, its name in the store, or, if it is
 *     {@link Kind#MISCOUNTED}, what people call the owner; {@code owners} if it is {@link Kind#COUNTS_NOT_CHECKED}
 * @param detail the same in words, for people
 * @param repair what became of it
 * @param movedTo where a copy of the object lies now; empty if none was made
 */
public record StoreFinding(Kind kind, String name, String detail, Repair repair, Optional<ObjectKey> movedTo) {

    /** What there is to find. */
    public enum Kind {
        /** The object of a stored blob is not there. */
        MISSING(true),
        /** An object has another size than its blob. */
        WRONG_SIZE(true),
        /** An object has the right size, but other bytes than were stored. */
        WRONG_BYTES(true),
        /** An object is there, but its bytes can't be read. */
        UNREADABLE(true),
        /** An object belongs to no blob. */
        ORPHAN(true),
        /** The object of a blob that is noted as missing is not there: an upload of the same bytes brings it back. */
        WAITING(false),
        /** The object of a blob that is noted as missing is there, and right. */
        RETURNED(false),
        /** An object's name is no object key: somebody else put it there, and it is left alone. */
        FOREIGN(false),
        /** An owner is not counted to have what it has. */
        MISCOUNTED(true),
        /** Nobody knows whether owners are counted right, since the repository did not answer. */
        COUNTS_NOT_CHECKED(false);

        private final boolean damage;

        Kind(boolean damage) {
            this.damage = damage;
        }

        /** Whether something is wrong that was not known before. */
        public boolean isDamage() {
            return damage;
        }
    }

    /** What became of a finding. */
    public enum Repair {
        /** There is nothing to do, or no repair was asked for. */
        NONE,
        /** It is repaired, as far as that is possible: what is lost is noted as missing. */
        DONE,
        /** It is not repaired this time; the {@link StoreFinding#detail} says why. */
        FAILED
    }
}
