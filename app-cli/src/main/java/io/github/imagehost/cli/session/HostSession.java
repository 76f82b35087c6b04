package io.github.imagehost.cli.session;

import io.github.imagehost.cli.session.Bootstrap.OpenBucket;
import io.github.imagehost.cli.session.Bootstrap.OpenHost;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.access.credential.AccessTokens;
import io.github.imagehost.core.access.link.ViewLinks;
import io.github.imagehost.core.access.login.Identities;
import io.github.imagehost.core.access.login.Invitations;
import io.github.imagehost.core.access.login.LoginLinks;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.access.settings.IdentityProviderSettings;
import io.github.imagehost.core.admin.ImageHostAdmin;
import io.github.imagehost.core.album.Albums;
import io.github.imagehost.core.audit.AuditTrail;
import io.github.imagehost.core.fetch.LinkedPictures;
import io.github.imagehost.core.migration.StoreMigration;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.Actor;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.settings.DataDirectory;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.core.source.AdoptableItem;
import io.github.imagehost.core.source.BulkSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The image host of one command, which is opened when it is needed. Safe for use by many threads at once. */
public final class HostSession implements AutoCloseable {

    private final Settings settings;
    private final ImageLinks links;
    private @Nullable OpenHost opened;
    private Optional<ImageStore> target = Optional.empty();
    private Optional<LinkedPictures> linked = Optional.empty();

    /** @throws SettingsException if a setting that links need is not legal */
    public HostSession(Settings settings) {
        this.settings = settings;
        this.links = ImageLinks.from(settings);
    }

    /**
     * The host; the same one on every call.
     *
     * @throws SettingsException if it can't be opened because of a setting
     */
    public ImageHost host() {
        return admin().host();
    }

    /** The administration of the host; the same one on every call. Opens the host as {@link #host} does. */
    public ImageHostAdmin admin() {
        return opened().admin();
    }

    /** Those whose images the host keeps. Opens the host as {@link #host} does. */
    public Owners owners() {
        return new Owners(opened().access());
    }

    /** Their albums and tags. Opens the host as {@link #host} does. */
    public Albums albums() {
        return new Albums(opened().albums());
    }

    /** The tokens by which programs act for them. Opens the host as {@link #host} does. */
    public AccessTokens tokens() {
        return new AccessTokens(opened().access(), InstantSource.system());
    }

    /** The links by which they log in without a password. Opens the host as {@link #host} does. */
    public LoginLinks loginLinks() {
        return new LoginLinks(opened().access(), InstantSource.system());
    }

    /** Signs links to private pictures. */
    public ViewLinks viewLinks() {
        return new ViewLinks(opened().access(), InstantSource.system());
    }

    /** What was done. Opens the host as {@link #host} does. */
    public AuditTrail audit() {
        return opened().audit();
    }

    /** Notes what a command has done. Opens the host as {@link #host} does; never fails after that. */
    public void note(Act act) {
        audit().note(Actor.COMMAND_LINE, act);
    }

    /** The invitations by which people become owners. Opens the host as {@link #host} does. */
    public Invitations invitations() {
        return new Invitations(opened().access(), InstantSource.system());
    }

    /** Who they are at the identity provider. Opens the host as {@link #host} does. */
    public Identities identities() {
        return new Identities(opened().access(), InstantSource.system());
    }

    /**
     * What the identity provider calls itself.
     *
     * @throws SettingsException if there is none, or if it is not legal
     */
    public String identityProvider() {
        return IdentityProviderSettings.issuer(settings)
                .orElseGet(() -> settings.required("OIDC_ISSUER", "since it says at which provider the identity is"));
    }

    /** Brings up to date what makes lists and searches fast. Opens the host as {@link #host} does. */
    public void tidyUp() {
        opened().upkeep().run();
    }

    /** Where an object is in a copy of the host's store. Opens the host as {@link #host} does. */
    public Function<ObjectKey, String> pathInCopy() {
        return opened().pathInCopy();
    }

    /**
     * Moves the host to another store, which is opened first and closed with this session. To be called once. Opens the
     * host as {@link #host} does.
     *
     * @param threads how many objects are copied at once
     */
    public synchronized StoreMigration migrationTo(NewStore newStore, int threads) {
        ImageStore store = newStore.open();
        target = Optional.of(store);
        return admin().migrationTo(store, threads);
    }

    /**
     * What links stand for; the same one on every call.
     *
     * @throws SettingsException if a setting is wrong that says which links may be followed
     */
    public synchronized LinkedPictures linkedPictures() {
        LinkedPictures present = linked.orElseGet(() -> Bootstrap.linkedPictures(settings));
        linked = Optional.of(present);
        return present;
    }

    /** Where it keeps bytes and metadata, in words. Opens the host as {@link #host} does. */
    public String description() {
        return opened().description();
    }

    /** Where it keeps what it keeps on the local disk. */
    public Path dataDirectory() {
        return DataDirectory.from(settings).path();
    }

    /**
     * The pictures in another bucket.
     *
     * @return is closed by the caller
     * @throws SettingsException if it can't be read because of a setting
     */
    public OpenBucket bucket(SourceBucket bucket) {
        return Bootstrap.open(bucket, settings);
    }

    /**
     * The table of the Node.js service.
     *
     * @throws IllegalArgumentException if the URL is not legal
     */
    public BulkSource<AdoptableItem> nodeServiceTable(String jdbcUrl, ZoneId zone) {
        return Bootstrap.nodeServiceTable(jdbcUrl, settings, zone);
    }

    private synchronized OpenHost opened() {
        if (opened == null) {
            opened = Bootstrap.open(settings);
        }
        return opened;
    }

    /**
     * Opens the host and lets other commands go on beside this one, which takes long. What they would have to take over
     * from one another is open meanwhile.
     *
     * @throws SettingsException if it can't be opened because of a setting
     */
    public void endTurn() {
        opened().turn().ifPresent(CommandTurn::end);
    }

    /** Whether the host was needed and could be opened. */
    public synchronized boolean isOpen() {
        return opened != null;
    }

    /** Where people reach the service, without a slash at the end. */
    public URI publicUrl() {
        return ImageLinks.publicUrl(settings);
    }

    /** Where people find its images. */
    public ImageLinks links() {
        return links;
    }

    @Override
    public synchronized void close() {
        try {
            linked.ifPresent(LinkedPictures::close);
            target.ifPresent(ImageStore::close);
        } finally {
            if (opened != null) {
                opened.close();
            }
        }
    }
}
