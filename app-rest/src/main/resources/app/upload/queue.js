import { Store } from '../base/store.js';
import { isAlike, isFiled, isUnderWay, newItem, NOWHERE } from './item.js';
import { Precheck } from './precheck.js';

/** @import { Checked, Filing, SeveralUploaded, Uploaded } from '../api/types.js' */
/** @import { Collected } from './collect.js' */
/** @import { Item } from './item.js' */

/**
 * What carries files to the service.
 *
 * @typedef {object} Transport
 * @property {(file: File) => Promise<{ hex: string, base64: string } | null>} digestOf
 * @property {(digests: string[], signal: AbortSignal) => Promise<Checked>} check
 * @property {(file: File, options: { signal: AbortSignal, filing: Filing, digest?: string,
 *     onProgress: (share: number) => void }) => Promise<Uploaded>} uploadOne
 * @property {(files: File[], options: { signal: AbortSignal, filing: Filing, onProgress: (share: number) => void })
 *     => Promise<SeveralUploaded>} uploadSeveral
 * @property {(link: string, options: { signal: AbortSignal, filing: Filing }) => Promise<Uploaded>} uploadLink
 * @property {(ids: number[], filing: Filing) => Promise<void>} file puts pictures that are there already where they belong
 * @property {() => boolean} mayFile whether it may; an upload may in any case
 * @property {() => Promise<boolean>} isWell
 * @property {() => number} remaining how many requests the service still takes
 */

/** @typedef {'login' | 'rate' | 'busy' | 'unreachable'} Reason why nothing is sent */
/** @typedef {{ reason: Reason, until: number }} Pause `until` in milliseconds; 0 if until somebody does something */

const PARALLEL = 2;
const GROUP = 10;
const GROUP_BYTES = 30 * 1024 * 1024;
/** How many pictures one request puts into an album, or gives tags. */
const FILED = 1_000;
const TAGGED = 100;
const MOST_ATTEMPTS = 3;
const SECOND = 1_000;
const LONGEST_WAIT = 10;

/**
 * The files that somebody wants to upload, in the order in which they came, which they keep for ever. Two are sent at a
 * time. What fails through no fault of a file's is tried again by itself; while the service is away, all wait.
 *
 * Tells `uploaded` with each new picture, and `filed` with each that is in an album now, and the album.
 */
export class Queue extends Store {
    /** @type {Item[]} */
    items = [];
    /** @type {Pause | null} */
    pause = null;
    /** How many files were left out since their names begin with a dot. */
    hidden = 0;
    /** In bytes; a larger file is not even sent. */
    maxFileSize = Infinity;

    /** @type {Item[]} in their order */
    #ready = [];
    #count = 0;
    #sending = 0;
    #timer = 0;
    #waits = 0;

    /** @param {Transport} transport */
    constructor(transport) {
        super();
        this.transport = transport;
        this.precheck = new Precheck({
            digestOf: transport.digestOf,
            check: transport.check,
            onKnown: (item, picture) => this.#know(item, picture),
            onReady: (item) => this.#enqueue(item),
            onUnreadable: (item) => this.#fail(item, { code: 'unreadable', message: '' }),
        });
    }

    /** @param {Collected} collected @param {Filing} [filing] where they are put */
    add({ files, links, hidden }, filing = NOWHERE) {
        const added = [...files, ...links].map((source) => newItem(++this.#count, source, filing));
        this.items.push(...added);
        this.hidden += hidden;
        this.#start(added);
    }

    /** @param {Item} item */
    cancel(item) {
        if (isUnderWay(item)) {
            item.state = 'cancelled';
            this.#ready = this.#ready.filter((other) => other !== item);
            item.control.abort();
            this.precheck.giveUp(item);
            this.changed();
        }
    }

    cancelAll() {
        // the last first, so that none of them is sent in place of another
        this.items.filter(isUnderWay).reverse().forEach((item) => this.cancel(item));
    }

    /** @param {Item[]} [items] all that failed if it is not said */
    retry(items = this.items.filter(({ state }) => state === 'failed')) {
        items.forEach((item) => {
            item.state = 'new';
            item.attempts = 0;
            item.progress = 0;
            item.picture = null;
            item.control = new AbortController();
        });
        this.#start(items);
    }

    /** Forgets what needs nothing any more. */
    clear() {
        this.items = this.items.filter(isUnderWay);
        this.hidden = 0;
        this.changed();
    }

    /** Goes on now, whatever it waited for. */
    resume() {
        clearTimeout(this.#timer);
        this.pause = null;
        this.precheck.reset();
        this.#send();
        this.changed();
    }

    get isBusy() {
        return this.items.some(isUnderWay);
    }

    /** What has become of the files, in the order in which they came. */
    get pictures() {
        return this.items.flatMap(({ picture }) => picture ?? []);
    }

    /** @param {Item[]} items */
    #start(items) {
        const [tooLarge, others] = [true, false].map((wanted) =>
            items.filter(({ size }) => size > this.maxFileSize === wanted));
        tooLarge.forEach((item) => this.#fail(item, { code: 'file_too_large', message: '' }));
        this.precheck.add(others);
        this.changed();
    }

    /** @param {Item} item */
    #enqueue(item) {
        item.state = 'ready';
        const place = this.#ready.findIndex(({ key }) => key > item.key);
        this.#ready.splice(place < 0 ? this.#ready.length : place, 0, item);
        // once all are there that get ready now, so that they may go together
        queueMicrotask(() => this.#send());
    }

    #send() {
        while (this.#sending < PARALLEL && this.#ready.length > 0 && !this.pause) {
            this.#sending++;
            void this.#sendSome(this.#next()).finally(() => {
                this.#sending--;
                this.#send();
                this.changed();
            });
        }
    }

    /** One file, or several that go by one request if the service takes fewer than there are files. @returns {Item[]} */
    #next() {
        const first = /** @type {Item} */ (this.#ready.shift());
        const group = [first];
        if (first.picture) {
            const most = first.filing.tags.length > 0 ? TAGGED : FILED;
            while (group.length < most && this.#ready[0]?.picture && isAlike(this.#ready[0].filing, first.filing)) {
                group.push(/** @type {Item} */ (this.#ready.shift()));
            }
            return group;
        }
        let bytes = first.size;
        const waiting = this.items.filter(({ state }) => state === 'new' || state === 'ready').length;
        while (first.file && this.transport.remaining() < waiting - group.length && group.length < GROUP) {
            const next = this.#ready[0];
            if (!next?.file || next.picture || bytes + next.size > GROUP_BYTES || !isAlike(next.filing, first.filing)) {
                break;
            }
            bytes += next.size;
            group.push(next);
            this.#ready.shift();
        }
        return group;
    }

    /** @param {Item[]} items */
    async #sendSome(items) {
        const startedAt = performance.now();
        items.forEach((item) => Object.assign(item, { state: 'sending', progress: 0, startedAt }));
        this.changed();
        try {
            await (items[0].picture ? this.#file(items)
                : items.length === 1 ? this.#sendOne(items[0]) : this.#sendGroup(items));
            this.#waits = 0;
        } catch (error) {
            const left = items.filter(({ state }) => state === 'sending');
            await this.#recover(left, /** @type {any} */ (error));
        }
    }

    /** Puts pictures that are there already where they belong. @param {Item[]} items */
    async #file(items) {
        const ids = new Set(items.flatMap(({ picture }) => picture?.id ?? []));
        try {
            await this.transport.file([...ids], items[0].filing);
        } catch (error) {
            const { code } = /** @type {{ code?: string }} */ (error);
            if (code !== 'too_many_tags' || items.length === 1) {
                throw error;
            }
            // the service changes all of them or none, but only one has too many
            const half = Math.ceil(items.length / 2);
            await this.#sendSome(items.slice(0, half));
            await this.#sendSome(items.slice(half));
            return;
        }
        items.forEach((item) => item.picture && this.#finish(item, item.picture));
    }

    /** @param {Item} item */
    async #sendOne(item) {
        const { filing } = item;
        const { signal } = item.control;
        const picture = item.file
            ? await this.transport.uploadOne(item.file, {
                signal,
                filing,
                digest: item.digest?.base64,
                onProgress: (share) => this.#progress([item], share),
            })
            : await this.transport.uploadLink(item.link, { signal, filing });
        this.#finish(item, picture);
    }

    /** Whoever is cancelled here is uploaded all the same, with the others. @param {Item[]} items */
    async #sendGroup(items) {
        const files = items.flatMap(({ file }) => file ?? []);
        const control = new AbortController();
        const leave = () => items.every(({ state }) => state === 'cancelled') && control.abort();
        items.forEach((item) => item.control.signal.addEventListener('abort', leave));
        const { successful, failed } = await this.transport.uploadSeveral(files, {
            signal: control.signal,
            filing: items[0].filing,
            onProgress: (share) => this.#progress(items, share),
        }).catch((error) => {
            // none of them was taken: why is told of each
            if (error.data?.failed) {
                return error.data;
            }
            throw error;
        });
        /** @type {Map<number, { code: string, message: string }>} */
        const refused = new Map(failed.map((/** @type {any} */ failure) => [failure.index, failure]));
        const taken = successful.values();
        items.forEach((item, index) => {
            const failure = refused.get(index);
            if (failure) {
                this.#fail(item, failure);
            } else {
                this.#finish(item, taken.next().value.data);
            }
        });
    }

    /** @param {Item[]} items @param {number} share */
    #progress(items, share) {
        items.forEach((item) => {
            item.progress = share;
        });
        this.changed();
    }

    /** Nothing is sent of what is there already; it may have to be put somewhere. @param {Item} item @param {Uploaded} picture */
    #know(item, picture) {
        if (item.state === 'new' && isFiled(item.filing)) {
            item.picture = this.transport.mayFile() ? picture : null;
            this.#enqueue(item);
        } else if (item.state === 'new' || item.state === 'done') {
            this.#finish(item, picture);
        }
    }

    /** @param {Item} item @param {Uploaded} picture */
    #finish(item, picture) {
        if (!isUnderWay(item) && item.state !== 'done') {
            return;
        }
        const isNew = item.state !== 'done';
        item.state = 'done';
        item.picture = picture;
        if (isNew && picture.duplicate) {
            item.origin = 'known';
        }
        item.twins.splice(0).filter(({ state }) => state === 'twin').forEach((twin) => {
            Object.assign(twin, { state: 'done', picture, origin: 'twin' });
            if (this.transport.mayFile() && isFiled(twin.filing) && !isAlike(twin.filing, item.filing)) {
                this.#enqueue(twin);
            }
        });
        if (isNew && !picture.duplicate && item.origin === 'new') {
            this.dispatchEvent(new CustomEvent('uploaded', { detail: picture }));
        }
        if (isNew && item.filing.album) {
            this.dispatchEvent(new CustomEvent('filed', { detail: { picture, album: item.filing.album } }));
        }
        this.changed();
    }

    /** @param {Item} item @param {{ code: string, message: string }} error */
    #fail(item, { code, message }) {
        if (isUnderWay(item)) {
            item.state = 'failed';
            item.error = { code, message };
            this.precheck.giveUp(item);
            this.changed();
        }
    }

    /** @param {Item[]} items @param {{ status?: number, code?: string, message?: string, retryAfter?: number }} error */
    async #recover(items, { status = -1, code = 'failed', message = '', retryAfter = 0 }) {
        if (status === 401) {
            this.#wait('login', 0);
        } else if (status === 429) {
            this.#wait('rate', retryAfter || LONGEST_WAIT);
        } else if (status === 503) {
            this.#wait('busy', retryAfter || LONGEST_WAIT);
        } else if (status === 0 && !(await this.transport.isWell())) {
            this.#waitForService();
        } else if (status === 0 || (status >= 500 && status !== 507)) {
            items.forEach((item) => item.attempts++);
            items.filter((item) => item.attempts >= MOST_ATTEMPTS).forEach((item) => this.#fail(item, { code, message }));
            await new Promise((resolve) => setTimeout(resolve, 2 ** (items[0]?.attempts ?? 0) * SECOND / 2));
        } else {
            items.forEach((item) => this.#fail(item, { code, message }));
        }
        items.filter(({ state }) => state === 'sending').forEach((item) => this.#enqueue(item));
    }

    /** @param {Reason} reason @param {number} seconds 0 if until somebody does something */
    #wait(reason, seconds) {
        if (this.pause?.reason === 'login') {
            return;
        }
        clearTimeout(this.#timer);
        this.pause = { reason, until: seconds && Date.now() + seconds * SECOND };
        if (seconds > 0) {
            this.#timer = setTimeout(() => this.resume(), seconds * SECOND);
        }
        this.changed();
    }

    /** Asks from time to time whether the service is there again. */
    #waitForService() {
        if (this.pause) {
            return;
        }
        const seconds = Math.min(2 ** this.#waits++, LONGEST_WAIT);
        this.#wait('unreachable', seconds);
        clearTimeout(this.#timer);
        this.#timer = setTimeout(async () => {
            if (await this.transport.isWell()) {
                this.resume();
            } else if (this.pause?.reason === 'unreachable') {
                this.pause = null;
                this.#waitForService();
            }
        }, seconds * SECOND);
    }
}
