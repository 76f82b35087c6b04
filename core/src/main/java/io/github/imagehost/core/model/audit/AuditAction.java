package io.github.imagehost.core.model.audit;

import io.github.imagehost.core.model.access.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can be done that the audit log tells of. Its name in lower case is how people write it, and never changes. */
public enum AuditAction {
    /** Began a session; the detail says by what: {@code password}, {@code token}, {@code link} or {@code oidc}. */
    LOGIN,
    /** Ended the session. */
    LOGOUT,
    /** Ended all sessions and login links of an owner. */
    LOGOUT_EVERYWHERE,
    /** Showed a token with a request. Noted only if it was refused; the detail says why. */
    AUTHENTICATION,
    /** Made a token; the detail is its name. */
    TOKEN_CREATED,
    /** Revoked a token; the detail is its name. */
    TOKEN_REVOKED,
    /** Gave an owner another password. */
    PASSWORD_CHANGED,
    /** Made a login link. */
    LOGIN_LINK_CREATED,
    /** Made an invitation; the detail says how many owners it makes. */
    INVITATION_CREATED,
    /** Revoked an invitation. */
    INVITATION_REVOKED,
    /** Became an owner by an invitation, and began a session. */
    INVITATION_ACCEPTED,
    /** Added an owner. */
    OWNER_ADDED,
    /** Gave an owner another name or role. */
    OWNER_CHANGED,
    /** Said who an owner is at the identity provider; the detail is the subject. */
    IDENTITY_GIVEN,
    /** Suspended an owner. */
    OWNER_SUSPENDED,
    /** Let a suspended owner act again. */
    OWNER_ACTIVATED,
    /** Said how much an owner may have. */
    QUOTA_CHANGED,
    /** Uploaded a picture; the detail is its original name. */
    IMAGE_UPLOADED,
    /** Gave a picture another name, or changed who sees one or several and how long; the detail says what. */
    IMAGE_CHANGED,
    /** Signed a link by which others see a private picture; the detail says until when. */
    LINK_SIGNED,
    /** Took back all signed links to a picture. */
    LINKS_REVOKED,
    /** Deleted pictures. */
    IMAGES_DELETED,
    /** Made an album; the detail says how it is called and who sees it. */
    ALBUM_CREATED,
    /** Gave an album another name or order, or changed who sees it and how long; the detail says what. */
    ALBUM_CHANGED,
    /** Deleted an album, whose pictures stay; the detail is its name. */
    ALBUM_DELETED,
    /** Imported or adopted pictures; the detail says how many. */
    IMAGES_IMPORTED,
    /** Restored pictures from an archive; the detail says how many. */
    IMAGES_RESTORED,
    /** Copied the pictures to another store; the detail says how many. */
    STORE_MIGRATED,
    /** Repaired what did not fit together in store and database, or emptied the quarantine; the detail says which. */
    STORE_REPAIRED,
    /** Did what only a later version has a name for; is read, but never written. */
    UNKNOWN;

    /** How people write it. */
    public String label() {
        return Labels.of(this);
    }

    /** How people write all actions that they may ask for. */
    public static List<String> labels() {
        return Arrays.stream(values())
                .filter(action -> action != UNKNOWN)
                .map(AuditAction::label)
                .toList();
    }

    /** The action that people write so; empty for any text that is none of the {@link #labels}. */
    public static Optional<AuditAction> parse(String label) {
        return Labels.parse(values(), label).filter(action -> action != UNKNOWN);
    }
}
