package io.github.imagehost.core.port.repository;

import io.github.imagehost.core.model.ObjectKey;

/** The part of the {@link MetadataRepository} that knows what became of reservations, whatever they were for. */
public interface ReservationLedger {

    /**
     * Whether the blob whose object goes under this key is condemned, or forgotten already. Then it stays so, and
     * nobody needs the object under this key any more.
     */
    boolean isLost(ObjectKey key);

    /**
     * Gives a reservation up: its blob is condemned, and the object is deleted by a later sweep. May be repeated; a
     * reservation that is lost or completed already is left as it is, and so is a blob whose object is missing.
     */
    void abandon(Reservation<?> reservation);
}
