package io.github.imagehost.core.audit;

import io.github.imagehost.core.access.owner.Entitlements;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Identity;
import io.github.imagehost.core.model.access.Invitation;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.album.Album;
import io.github.imagehost.core.model.album.AlbumChange;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.core.model.usage.Quota;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be done in more than one way, in the same words of the audit log whoever does it how. */
public final class Acts {

    private static final String IMAGE = "image";
    private static final String TOKEN = "token";
    private static final String INVITATION = "invitation";
    private static final String ALBUM = "album";

    private Acts() {}

    /** This owner was added. */
    public static Act ownerAdded(Owner owner) {
        return Act.of(AuditAction.OWNER_ADDED)
                .about(owner.id())
                .with("name " + owner.name() + ", role " + owner.role().label());
    }

    /** This owner was changed so; one act for what it is called and may do, and one for whether it may act at all. */
    public static List<Act> ownerChanged(OwnerId owner, Owner.Change change) {
        List<Act> acts = new ArrayList<>();
        String detail = Stream.concat(
                        change.name().map(name -> "name " + name).stream(),
                        change.role().map(role -> "role " + role.label()).stream())
                .collect(Collectors.joining(", "));
        if (!detail.isEmpty()) {
            acts.add(Act.of(AuditAction.OWNER_CHANGED).about(owner).with(detail));
        }
        change.state()
                .map(state -> state == OwnerState.SUSPENDED ? AuditAction.OWNER_SUSPENDED : AuditAction.OWNER_ACTIVATED)
                .ifPresent(action -> acts.add(Act.of(action).about(owner)));
        return acts;
    }

    /** From now on this owner may have so much. */
    public static Act quotaChanged(OwnerId owner, Quota quota) {
        return Act.of(AuditAction.QUOTA_CHANGED)
                .about(owner)
                .with("images " + limit(quota.images()) + ", bytes " + limit(quota.bytes()));
    }

    private static String limit(OptionalLong most) {
        return most.isPresent() ? String.valueOf(most.getAsLong()) : "unlimited";
    }

    /** This owner got what an identity provider entitles it to, which may be nothing else than it had. */
    public static List<Act> entitled(OwnerId owner, Entitlements.Grant grant) {
        return Stream.concat(
                        grant
                                .role()
                                .map(role -> Act.of(AuditAction.OWNER_CHANGED)
                                        .about(owner)
                                        .with("role " + role.label() + " by the identity provider"))
                                .stream(),
                        grant.quota().map(quota -> quotaChanged(owner, quota)).stream())
                .toList();
    }

    /** This token was made. */
    public static Act tokenCreated(AccessToken token) {
        return onToken(AuditAction.TOKEN_CREATED, token);
    }

    /** This token was revoked. */
    public static Act tokenRevoked(AccessToken token) {
        return onToken(AuditAction.TOKEN_REVOKED, token);
    }

    private static Act onToken(AuditAction action, AccessToken token) {
        return Act.of(action).about(token.owner()).on(TOKEN, token.id()).with(token.name());
    }

    /** A login link of this owner was made. */
    public static Act loginLinkCreated(OwnerId owner) {
        return Act.of(AuditAction.LOGIN_LINK_CREATED).about(owner);
    }

    /** From now on this owner is whoever the identity provider calls so. */
    public static Act identityGiven(OwnerId owner, Identity identity) {
        return Act.of(AuditAction.IDENTITY_GIVEN).about(owner).with(identity.subject());
    }

    /** This invitation was made. */
    public static Act invitationCreated(Invitation invitation) {
        return Act.of(AuditAction.INVITATION_CREATED)
                .on(INVITATION, invitation.id())
                .with("uses " + invitation.uses() + ", until " + invitation.expiresAt());
    }

    /** This invitation was revoked. */
    public static Act invitationRevoked(Invitation invitation) {
        return Act.of(AuditAction.INVITATION_REVOKED).on(INVITATION, invitation.id());
    }

    /** This picture was uploaded, or was there already. */
    public static Act imageUploaded(Image image) {
        return onImage(AuditAction.IMAGE_UPLOADED, image).with(image.originalName());
    }

    /** This picture was changed so. */
    public static Act imageChanged(Image image, Collection<ImageChange> changes) {
        return onImage(AuditAction.IMAGE_CHANGED, image).with(describe(changes));
    }

    /** These pictures of an owner were all changed so. */
    public static Act imagesChanged(OwnerId owner, Collection<Long> ids, Collection<ImageChange> changes) {
        return Act.of(AuditAction.IMAGE_CHANGED).about(owner).on(IMAGE, ids).with(describe(changes));
    }

    private static String describe(Collection<ImageChange> changes) {
        return changes.stream().map(Acts::describe).collect(Collectors.joining(", "));
    }

    private static String describe(ImageChange change) {
        if (change instanceof ImageChange.Rename rename) {
            return "name " + rename.originalName();
        }
        if (change instanceof ImageChange.Show show) {
            return "visibility " + show.visibility().label();
        }
        if (change instanceof ImageChange.ExpireAt end) {
            return "end " + end.time().map(Instant::toString).orElse("never");
        }
        if (change instanceof ImageChange.LimitViews limit) {
            return "views " + limit(limit.views());
        }
        return "links revoked";
    }

    /** A link to this picture was signed that is good until then. */
    public static Act linkSigned(Image image, Instant end) {
        return onImage(AuditAction.LINK_SIGNED, image).with("until " + end);
    }

    /** All signed links to this picture were taken back. */
    public static Act linksRevoked(Image image) {
        return onImage(AuditAction.LINKS_REVOKED, image);
    }

    private static Act onImage(AuditAction action, Image image) {
        return Act.of(action).about(image.owner()).on(IMAGE, image.id());
    }

    /** These pictures of an owner were deleted. */
    public static Act imagesDeleted(OwnerId owner, Collection<Long> ids) {
        return Act.of(AuditAction.IMAGES_DELETED).about(owner).on(IMAGE, ids);
    }

    /** This album was made. */
    public static Act albumCreated(Album album) {
        return onAlbum(AuditAction.ALBUM_CREATED, album)
                .with("name " + album.settings().name() + ", visibility "
                        + album.settings().visibility().label()
                        + album.settings()
                                .publicUntil()
                                .map(end -> ", public until " + end)
                                .orElse(""));
    }

    /** This album was changed so. */
    public static Act albumChanged(Album album, Collection<AlbumChange> changes) {
        String detail = changes.stream().map(Acts::describe).collect(Collectors.joining(", "));
        return onAlbum(AuditAction.ALBUM_CHANGED, album).with(detail);
    }

    private static String describe(AlbumChange change) {
        if (change instanceof AlbumChange.Rename rename) {
            return "name " + rename.name();
        }
        if (change instanceof AlbumChange.Arrange arrange) {
            return "order " + arrange.order().label();
        }
        if (change instanceof AlbumChange.Show show) {
            return "visibility " + show.visibility().label();
        }
        if (change instanceof AlbumChange.ShowUntil end) {
            return end.time().map(time -> "public until " + time).orElse("public without an end");
        }
        if (change instanceof AlbumChange.Draw draw) {
            return "random " + draw.drawn();
        }
        if (change instanceof AlbumChange.ExpireAt end) {
            return "end " + end.time().map(Instant::toString).orElse("never");
        }
        return "cover";
    }

    /** This album was deleted. */
    public static Act albumDeleted(Album album) {
        return onAlbum(AuditAction.ALBUM_DELETED, album)
                .with(album.settings().name().value());
    }

    private static Act onAlbum(AuditAction action, Album album) {
        return Act.of(action).about(album.owner()).on(ALBUM, album.id());
    }
}
