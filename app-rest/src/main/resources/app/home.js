import { load } from './api/client.js';
import { get, isThere, list } from './api/images.js';
import { Grid } from './gallery/grid.js';
import { changed, EVERYTHING, Pages } from './gallery/pages.js';
import { Selection } from './gallery/selection.js';
import { PanelState, showPanel } from './upload/panel.js';

/** @import { Session } from './api/session.js' */
/** @import { Picture } from './api/types.js' */
/** @import { Query } from './api/images.js' */
/** @import { AlbumView } from './albums/album.js' */
/** @import { Bulk } from './gallery/bulk.js' */
/** @import { Viewer } from './gallery/viewer.js' */
/** @import { Linked } from './links/formats.js' */
/** @import { Collected } from './upload/collect.js' */
/** @import { Queue } from './upload/queue.js' */

/**
 * The page that people see: the panel to upload, the queue, and the gallery with its viewer. What is not seen at once
 * comes when it is needed.
 */
export class Home {
    pages = new Pages(list);
    selection = new Selection();
    panel = new PanelState();

    /** @type {Promise<Queue> | null} */
    #queue = null;
    /** @type {Viewer | null} */
    #viewer = null;
    /** @type {Bulk | null} */
    #bulk = null;
    /** @type {AlbumView | null} */
    #albumView = null;
    /** How often the viewer was opened or closed; whatever comes late is not wanted any more. */
    #views = 0;
    #hasAsked = false;

    /**
     * @param {{ album: HTMLElement, upload: HTMLElement, queue: HTMLElement, gallery: HTMLElement }} elements
     * @param {Session} session
     * @param {{ find: (query: Query, isTyped?: boolean) => void, open: (id: number) => void, replace: (id: number) => void,
     *     leaveViewer: () => void, toAlbums: () => void }} routes where somebody goes
     */
    constructor(elements, session, routes) {
        this.elements = elements;
        this.session = session;
        this.routes = routes;
        this.grid = new Grid(elements.gallery, {
            pages: this.pages,
            selection: this.selection,
            actions: {
                open: ({ id }) => routes.open(id),
                copy: (pictures) => this.copy(pictures),
                remove: (pictures) => this.remove(pictures),
                isThere,
                findEverything: () => routes.find(EVERYTHING),
            },
        });
        showPanel(elements.upload, this.panel, (collected) => this.add(collected));
        this.pages.addEventListener('change', () => this.#arrange());
        session.addEventListener('change', () => this.#arrange());
    }

    /** Shows the pictures of a search, if they are not shown already. @param {Query} query */
    find(query) {
        const isShown = this.#hasAsked && JSON.stringify(query) === JSON.stringify(this.pages.query);
        if (this.session.may('read') && !isShown) {
            this.#hasAsked = true;
            this.selection.clear();
            void this.pages.find(query);
        }
    }

    /** Somebody else may see other pictures. */
    forget() {
        this.#hasAsked = false;
    }

    /** An album may be another one after all of them have been seen. */
    forgetAlbum() {
        this.#hasAsked &&= this.pages.query.sort !== 'album';
    }

    /** @param {string} text @param {boolean} isTyped whether it is one of many that follow each other */
    search(text, isTyped) {
        const { query } = this.pages;
        this.routes.find(changed(query, { search: text }), isTyped && query.sort !== 'album');
    }

    chooseFiles() {
        /** @type {HTMLElement | null} */ (this.elements.upload.querySelector('[data-input="files"]'))?.click();
    }

    /** Gives the pictures the focus, as soon as they are there. @param {number} [place] where the focus was if it is not said */
    async toPictures(place) {
        const { pages } = this;
        if (!this.session.may('read')) {
            return;
        }
        const { activeElement } = document;
        const typed = activeElement instanceof HTMLInputElement ? activeElement.value : null;
        if (!this.elements.gallery.checkVisibility()) {
            this.routes.find(pages.query);
        }
        while (pages.state === 'loading' && pages.pictures.length === 0) {
            await new Promise((resolve) => pages.addEventListener('change', resolve, { once: true }));
        }
        // whoever has gone on typing, or somewhere else, is not to be disturbed
        const isThere = [activeElement, document.body, document.getElementById('main')].includes(document.activeElement);
        if (isThere && !(activeElement instanceof HTMLInputElement && activeElement.value !== typed)) {
            this.grid.focus(place);
        }
    }

    /** Whatever was looked for, and wherever. */
    async toEverything() {
        if (this.session.may('read')) {
            this.routes.find(EVERYTHING);
            await this.toPictures(0);
        }
    }

    toAlbums() {
        if (this.session.may('read') && this.session.state === 'in') {
            this.routes.toAlbums();
        }
    }

    /** Gives the links of the uploads the focus. */
    toUploads() {
        if (this.#queue && !this.elements.queue.checkVisibility()) {
            this.routes.find(this.pages.query);
        }
        /** @type {HTMLElement | null} */ (this.elements.queue.querySelector('.queue-head > :is(select, button)'))?.focus();
    }

    /** Copies the links of all that was uploaded. */
    async copyUploads() {
        const pictures = (await this.#queue)?.pictures ?? [];
        if (pictures.length > 0) {
            await this.copy(pictures);
        }
    }

    /** @param {Collected} collected */
    async add(collected) {
        if (this.session.may('upload')) {
            const filing = this.panel.next;
            (await this.queue()).add(collected, filing);
            if (!/^(#\/(images.*)?)?$/.test(location.hash)) {
                this.routes.find(this.pages.query);
            }
        }
    }

    /** The queue if there is one; it comes with the first file. */
    get startedQueue() {
        return this.#queue;
    }

    queue() {
        this.#queue ??= this.#startQueue().catch((error) => {
            // the next file asks again
            this.#queue = null;
            throw error;
        });
        return this.#queue;
    }

    async #startQueue() {
        const { startQueue } = await load(() => import('./upload/uploads.js'));
        const queue = startQueue(this.elements.queue, () => this.session.may('manage'));
        queue.maxFileSize = this.panel.maxFileSize || Infinity;
        queue.addEventListener('uploaded', (event) => {
            const picture = /** @type {CustomEvent} */ (event).detail;
            if (picture.id !== null) {
                this.pages.prepend(picture);
            }
        });
        queue.addEventListener('filed', (event) => {
            const { picture, album } = /** @type {CustomEvent} */ (event).detail;
            if (picture.id !== null && this.pages.album?.id === album.id) {
                this.pages.include(picture);
            }
        });
        queue.addEventListener('change', () => this.#arrange());
        return queue;
    }

    /** What is there decides how large the panel is, and whether there is a gallery. */
    #arrange() {
        const { limits } = this.session;
        const isEmpty = this.pages.state === 'ready' && this.pages.isEverything && this.pages.count === 0;
        this.elements.gallery.hidden = !this.session.may('read') || isEmpty;
        this.elements.upload.hidden = !this.session.may('upload');
        const isAlbum = this.pages.query.sort === 'album';
        if (isAlbum) {
            void this.#showAlbum();
        }
        const change = {
            mayFile: this.session.may('read') && this.session.may('upload') && this.session.state === 'in',
            mayMake: this.session.may('manage'),
            here: isAlbum ? this.pages.album : null,
            isAlone: isEmpty || !this.session.may('read'),
            maxFileSize: limits?.maxFileSize ?? 0,
            mimeTypes: limits?.mimeTypes ?? this.panel.mimeTypes,
        };
        if (change.here && change.here.id !== this.panel.here?.id) {
            // who opens an album means this one
            delete this.panel.filing.album;
        }
        if (Object.entries(change).some(([name, value]) => /** @type {any} */ (this.panel)[name] !== value)) {
            this.panel.set(change);
        }
    }

    /** What belongs to an album comes with the first one. */
    async #showAlbum() {
        const { AlbumView } = await load(() => import('./albums/album.js'));
        this.#albumView ??= new AlbumView(this.elements.album, {
            gallery: this.elements.gallery,
            pages: this.pages,
            selection: this.selection,
            session: this.session,
            focus: (place) => this.grid.focus(place),
            focused: () => this.grid.focused,
            leave: this.routes.toAlbums,
        });
    }

    /** @param {Linked[]} pictures */
    async copy(pictures) {
        const { copyLinks } = await load(() => import('./links/clipboard.js'));
        await copyLinks(pictures);
    }

    /** @param {Picture[]} pictures @returns {Promise<boolean>} whether they are gone from the page */
    async remove(pictures) {
        const place = this.pages.place(pictures[0]?.id ?? 0);
        const hadFocus = this.elements.gallery.contains(document.activeElement);
        const isRemoved = await (await this.#deletion()).begin(pictures);
        if (isRemoved && hadFocus && this.pages.pictures.length > 0) {
            this.grid.focus(Math.max(0, place));
        }
        return isRemoved;
    }

    /** Brings back what was deleted last, if that can be undone. */
    async undo() {
        (await this.#deleting)?.undo();
    }

    /** @param {Picture[]} pictures */
    async putIntoAlbum(pictures) {
        if (this.session.may('manage')) {
            await this.#bulk?.putIntoAlbum(pictures);
        }
    }

    /** @type {Promise<import('./gallery/deletion.js').Deletion> | null} */
    #deleting = null;

    #deletion() {
        this.#deleting ??= load(async () => {
            const [{ Deletion }, { remove }] = await Promise.all([
                import('./gallery/deletion.js'),
                import('./api/images.js'),
            ]);
            return new Deletion({
                pages: this.pages,
                selection: this.selection,
                remove,
                onUndone: ([{ id }]) => this.#showAgain(id),
            });
        }).catch((error) => {
            this.#deleting = null;
            throw error;
        });
        return this.#deleting;
    }

    /** What is back has the focus, and not what brought it back, which is gone. @param {number} id */
    #showAgain(id) {
        const place = this.pages.place(id);
        if (document.querySelector('dialog[open]')) {
            return;
        }
        if (place >= 0 && this.elements.gallery.checkVisibility()) {
            this.grid.focus(place);
        } else {
            document.getElementById('main')?.focus({ preventScroll: true });
        }
    }

    /** @param {number} id */
    async view(id) {
        const number = ++this.#views;
        this.#viewer ??= await this.#makeViewer();
        if (number === this.#views) {
            await this.#viewer.open(id);
        }
    }

    /** Closes the viewer, if it is open; the tile of what it showed gets the focus. */
    closeViewer() {
        this.#views++;
        if (this.#viewer?.isOpen) {
            const place = this.pages.place(this.#viewer.id);
            this.#viewer.close();
            if (place >= 0) {
                this.grid.focus(place);
            }
        }
    }

    async #makeViewer() {
        const [{ Viewer }, { change }] = await load(() =>
            Promise.all([import('./gallery/viewer.js'), import('./api/images.js')]));
        return new Viewer({
            pages: this.pages,
            get,
            copy: (pictures) => this.copy(pictures),
            remove: (pictures) => this.remove(pictures),
            change: async (id, what) => {
                const picture = await change(id, what);
                this.pages.replace(picture);
                return picture;
            },
            may: (scope) => this.session.may(scope),
            show: this.routes.replace,
            leave: this.routes.leaveViewer,
        });
    }

    /** Brings what people do next, once they see what there is now. */
    async prepare() {
        const tools = /** @type {HTMLElement} */ (this.elements.gallery.querySelector('.tools'));
        const [{ showTools }, { showSelectionBar }, { Bulk }] = await load(() => Promise.all(
            [import('./gallery/find.js'), import('./gallery/selectionbar.js'), import('./gallery/bulk.js')]));
        this.#bulk = new Bulk({ pages: this.pages, selection: this.selection });
        showTools(tools, { pages: this.pages, selection: this.selection, find: this.routes.find });
        showSelectionBar(/** @type {HTMLElement} */ (document.getElementById('selection')), {
            pages: this.pages,
            selection: this.selection,
            bulk: this.#bulk,
            remove: (pictures) => void this.remove(pictures),
            may: (scope) => this.session.may(scope),
            inAlbum: (pictures) => this.#albumView?.actions(pictures) ?? [],
            focus: ({ id }) => this.grid.focus(this.pages.place(id)),
        });
        await load(() => Promise.all([
            import('./upload/uploads.js'),
            import('./upload/collect.js'),
            import('./gallery/viewer.js'),
            import('./gallery/deletion.js'),
        ]));
    }
}
