import { Store } from '../base/store.js';

/** @import { Album, Page, Picture } from '../api/types.js' */
/** @import { Query, Sort } from '../api/images.js' */

/** @type {Sort[]} */
export const SORTS = ['newest', 'oldest', 'name', 'largest'];
export const TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];
/** @type {('public' | 'private')[]} */
export const VISIBILITIES = ['public', 'private'];

/** @type {Query} */
export const EVERYTHING = { search: '', sort: 'newest', type: '', visibility: '', from: '', to: '', album: '', tag: '' };

/** The query that an address names; what it does not name, or names wrongly, is as always. @param {URLSearchParams} parameters @returns {Query} */
export function queryOf(parameters) {
    const sort = /** @type {Sort} */ (parameters.get('sort'));
    const type = parameters.get('type') ?? '';
    return {
        search: parameters.get('search') ?? '',
        sort: SORTS.includes(sort) ? sort : EVERYTHING.sort,
        type: TYPES.includes(type) ? type : '',
        visibility: VISIBILITIES.find((visibility) => visibility === parameters.get('visibility')) ?? '',
        from: day(parameters.get('from')),
        to: day(parameters.get('to')),
        album: parameters.get('album') ?? '',
        tag: parameters.get('tag') ?? '',
    };
}

/** An album as a whole, in its own order. @param {string} id @returns {Query} */
export function albumQuery(id) {
    return { ...EVERYTHING, album: id, sort: 'album' };
}

/** What is looked for if something else is said, too; an album as a whole knows nothing else. @param {Query} query @param {Partial<Query>} part @returns {Query} */
export function changed(query, part) {
    const whole = { ...query, ...part };
    const isAlbum = whole.album !== '' && JSON.stringify(whole) === JSON.stringify(albumQuery(whole.album));
    return whole.sort === 'album' && !isAlbum ? { ...whole, sort: EVERYTHING.sort } : whole;
}

/** A day such as 2026-01-31; empty if the text is none. @param {string | null} text */
export function day(text) {
    return text && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : '';
}

/** Where the page shows this. @param {Query} query */
export function addressOf(query) {
    if (query.sort === 'album') {
        return `#/album/${query.album}`;
    }
    const named = Object.entries(query).filter(
        ([name, value]) => value !== EVERYTHING[/** @type {keyof Query} */ (name)],
    );
    return named.length > 0 ? `#/images?${new URLSearchParams(named)}` : '#/';
}

/**
 * The pictures of one search, as far as they have been asked for. Pages come one after the other, by cursor. No picture
 * is in it twice, whatever happens to the list meanwhile.
 */
export class Pages extends Store {
    /** @type {Query} */
    query = EVERYTHING;
    /** @type {Picture[]} */
    pictures = [];
    /** @type {'loading' | 'ready' | 'failed'} */
    state = 'loading';
    /** @type {any} why it failed */
    error = null;
    total = 0;
    isEstimate = false;
    hasMore = false;
    /** @type {Album | null} the one that is shown as a whole, once it is there */
    album = null;

    /** @type {Set<number>} all that have been shown */
    #ids = new Set();
    /** @type {Map<number, Picture>} those that somebody deletes, until that can't be undone any more */
    #hidden = new Map();
    /** @type {Set<number>} */
    #gone = new Set();
    /** @type {Picture[]} with those that are hidden */
    #all = [];
    /** @type {string | null} */
    #cursor = null;
    #control = new AbortController();
    #isAsking = false;

    /** @param {(query: Query, cursor: string | null, signal: AbortSignal) => Promise<Page>} list */
    constructor(list) {
        super();
        this.list = list;
    }

    /** Whether it shows all there are, the newest first, so that new ones belong in front. */
    get isEverything() {
        return JSON.stringify(this.query) === JSON.stringify(EVERYTHING);
    }

    /** Begins anew. @param {Query} query */
    async find(query) {
        this.#control.abort();
        this.#control = new AbortController();
        this.#isAsking = false;
        Object.assign(this, { query, pictures: [], state: 'loading', error: null, total: 0, hasMore: true, album: null });
        this.#all = [];
        this.#ids.clear();
        this.#cursor = null;
        this.changed();
        await this.more();
    }

    /** Asks for the next page, unless it is on its way already. */
    async more() {
        if (this.#isAsking || !this.hasMore || this.state === 'failed') {
            return;
        }
        await this.#ask();
    }

    /** Asks again for the page that failed. */
    async retry() {
        this.hasMore = true;
        await this.#ask();
    }

    async #ask() {
        const control = this.#control;
        this.#isAsking = true;
        this.state = 'loading';
        this.changed();
        try {
            const { images, pagination, album } = await this.list(this.query, this.#cursor, control.signal);
            if (control === this.#control) {
                this.#append(images);
                this.#cursor = pagination.nextCursor;
                Object.assign(this, {
                    state: 'ready',
                    error: null,
                    hasMore: pagination.nextCursor !== null,
                    total: pagination.totalItems ?? this.total,
                    album: album ?? this.album,
                    isEstimate: pagination.totalIsEstimate,
                });
            }
        } catch (error) {
            if (control === this.#control) {
                Object.assign(this, { state: 'failed', error });
            }
        } finally {
            if (control === this.#control) {
                this.#isAsking = false;
                this.#show();
            }
        }
    }

    /** @param {Picture[]} pictures */
    #append(pictures) {
        for (const picture of pictures) {
            if (!this.#ids.has(picture.id) && !this.#gone.has(picture.id)) {
                this.#ids.add(picture.id);
                this.#all.push(picture);
            }
        }
    }

    /** Puts a new picture in front, if that is where it belongs. @param {Picture} picture */
    prepend(picture) {
        if (this.isEverything && !this.#ids.has(picture.id)) {
            this.#ids.add(picture.id);
            this.#all.unshift(picture);
            this.total++;
            this.#show();
        }
    }

    /** Shows a picture that has come into the album that is shown. @param {Picture} picture */
    include(picture) {
        if (!this.#ids.has(picture.id)) {
            this.total++;
            if (this.album?.order === 'newest') {
                this.#ids.add(picture.id);
                this.#all.unshift(picture);
            } else if (!this.hasMore) {
                this.#ids.add(picture.id);
                this.#all.push(picture);
            }
            this.#show();
        }
    }

    /** Shows these no more, since they are elsewhere; they may come again. @param {number[]} ids @param {boolean} isCounted whether they still belong to what is shown */
    release(ids, isCounted = false) {
        const there = ids.filter((id) => this.#ids.delete(id));
        this.total -= isCounted ? 0 : there.length;
        this.#all = this.#all.filter(({ id }) => this.#ids.has(id));
        this.#show();
    }

    /** Shows them in this order. @param {(ids: number[]) => number[]} arrange what comes of the present order */
    arrange(arrange) {
        const all = new Map(this.#all.map((picture) => [picture.id, picture]));
        const ids = arrange([...all.keys()]);
        this.#all = ids.flatMap((id) => all.get(id) ?? []);
        this.#show();
        return ids;
    }

    /** Shows what has become of the album. @param {Album} album */
    setAlbum(album) {
        this.album = album;
        this.changed();
    }

    /** Shows what has become of a picture. @param {Picture} picture */
    replace(picture) {
        this.#all = this.#all.map((other) => (other.id === picture.id ? picture : other));
        this.#show();
    }

    /** Shows these no more. @param {Picture[]} pictures */
    hide(pictures) {
        pictures.forEach((picture) => this.#hidden.set(picture.id, picture));
        this.#show();
    }

    /** Shows these again where they were. @param {Picture[]} pictures */
    unhide(pictures) {
        pictures.forEach(({ id }) => this.#hidden.delete(id));
        this.#show();
    }

    /** Forgets these, which are deleted. @param {number[]} ids */
    forget(ids) {
        const there = ids.filter((id) => this.#ids.has(id) && !this.#gone.has(id));
        this.total = Math.max(0, this.total - there.length);
        ids.forEach((id) => {
            this.#gone.add(id);
            this.#hidden.delete(id);
        });
        this.#all = this.#all.filter(({ id }) => !this.#gone.has(id));
        this.#show();
    }

    /** How many there are, without those that are about to be deleted. */
    get count() {
        return Math.max(0, this.total - this.#hidden.size);
    }

    /** @param {number} id */
    place(id) {
        return this.pictures.findIndex((picture) => picture.id === id);
    }

    #show() {
        this.pictures = this.#hidden.size === 0
            ? [...this.#all]
            : this.#all.filter(({ id }) => !this.#hidden.has(id));
        this.changed();
    }
}
