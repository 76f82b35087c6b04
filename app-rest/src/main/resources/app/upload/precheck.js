/** @import { Checked, Uploaded } from '../api/types.js' */
/** @import { Item } from './item.js' */

/** Whoever drops more is not kept waiting until all are hashed. */
const BATCH = 50;
const BATCH_MS = 300;
const FEW_BYTES = 64 * 1024 * 1024;

/**
 * Finds out which files need not be uploaded: the same bytes are there already, or another file of the queue has them.
 * Files are hashed one after the other, and asked for many at once.
 */
export class Precheck {
    /** @type {Item[]} */
    #waiting = [];
    /** @type {Map<string, Item>} the first file with these bytes */
    #first = new Map();
    #isRunning = false;
    #mayAsk = true;

    /**
     * @param {{
     *     digestOf: (file: File) => Promise<{ hex: string, base64: string } | null>,
     *     check: (digests: string[], signal: AbortSignal) => Promise<Checked>,
     *     onKnown: (item: Item, picture: Uploaded) => void,
     *     onReady: (item: Item) => void,
     *     onUnreadable: (item: Item) => void,
     * }} options
     */
    constructor(options) {
        this.options = options;
    }

    /** @param {Item[]} items */
    add(items) {
        this.#waiting.push(...items);
        if (!this.#isRunning) {
            this.#isRunning = true;
            void this.#run().finally(() => {
                this.#isRunning = false;
            });
        }
    }

    /** Whoever has logged in may ask what a guest may not. */
    reset() {
        this.#mayAsk = true;
    }

    /** Another file of the same bytes has to be sent now, since this one will not be. @param {Item} item */
    giveUp(item) {
        if (item.digest && this.#first.get(item.digest.hex) === item) {
            this.#first.delete(item.digest.hex);
        }
        const [next, ...others] = item.twins.filter((twin) => twin.state === 'twin');
        item.twins = [];
        if (next) {
            next.twins = others;
            if (next.digest) {
                this.#first.set(next.digest.hex, next);
            }
            this.options.onReady(next);
        }
    }

    async #run() {
        /** @type {Item[]} */
        let batch = [];
        let since = performance.now();
        for (let item = this.#waiting.shift(); item; item = this.#waiting.shift()) {
            if (await this.#hash(item)) {
                batch.push(item);
            }
            const isLong = performance.now() - since > BATCH_MS && !this.#isSoonDone();
            if (batch.length >= BATCH || isLong) {
                await this.#ask(batch);
                batch = [];
                since = performance.now();
            }
        }
        await this.#ask(batch);
        if (this.#waiting.length > 0) {
            await this.#run();
        }
    }

    /** Whether the few files that are left are hashed sooner than another request is worth. */
    #isSoonDone() {
        return this.#waiting.length < BATCH
            && this.#waiting.reduce((sum, { size }) => sum + size, 0) < FEW_BYTES;
    }

    /** @param {Item} item @returns {Promise<boolean>} whether the service can be asked for it */
    async #hash(item) {
        if (item.state !== 'new' || !item.file) {
            this.#ready(item);
            return false;
        }
        try {
            item.digest ??= await this.options.digestOf(item.file);
        } catch {
            this.options.onUnreadable(item);
            return false;
        }
        if (!item.digest) {
            this.#ready(item);
        }
        return item.digest !== null && !this.#isTwin(item, item.digest.hex);
    }

    /** @param {Item} item */
    #ready(item) {
        if (item.state === 'new') {
            this.options.onReady(item);
        }
    }

    /** @param {Item} item @param {string} digest */
    #isTwin(item, digest) {
        const first = this.#first.get(digest);
        if (!first || first === item || first.state === 'failed' || first.state === 'cancelled') {
            this.#first.set(digest, item);
            return false;
        }
        if (item.state === 'new') {
            item.state = 'twin';
            item.origin = 'twin';
            first.twins.push(item);
            if (first.picture) {
                this.options.onKnown(first, first.picture);
            }
        }
        return true;
    }

    /** @param {Item[]} batch */
    async #ask(batch) {
        const asked = batch.filter((item) => item.state === 'new');
        const known = await this.#known(asked.map((item) => item.digest?.hex ?? ''));
        for (const item of asked) {
            const picture = known.get(item.digest?.hex ?? '');
            item.wasChecked = this.#mayAsk;
            if (item.state === 'new' && picture) {
                item.origin = 'known';
                this.options.onKnown(item, picture);
            } else {
                this.#ready(item);
            }
        }
    }

    /** @param {string[]} digests @returns {Promise<Map<string, Uploaded>>} */
    async #known(digests) {
        if (digests.length === 0 || !this.#mayAsk) {
            return new Map();
        }
        try {
            const { known } = await this.options.check(digests, AbortSignal.timeout(10_000));
            // a picture that ends lasts as long as both uploads want, which the service only finds out by the second one
            const lasting = known.filter(({ expiresAt, viewsLeft }) => !expiresAt && !viewsLeft);
            return new Map(lasting.map((picture) => [picture.fileHash, picture]));
        } catch (error) {
            const status = /** @type {{ status?: number }} */ (error).status;
            // nothing is lost: the service itself finds out, once it has the bytes
            this.#mayAsk = status !== 401 && status !== 403;
            return new Map();
        }
    }
}
