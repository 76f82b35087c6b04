import { Store } from '../base/store.js';

/** @import { ApiError } from '../api/client.js' */

/**
 * A part of some work.
 *
 * @typedef {object} Step
 * @property {number[]} ids the pictures that it is for
 * @property {(ids: number[], signal: AbortSignal) => Promise<number[]>} run does it for these, and answers those of them
 *     that were not there
 */

/**
 * @typedef {object} Outcome
 * @property {number[]} done
 * @property {number[]} gone which were not there any more
 * @property {number[]} failed
 * @property {ApiError | null} error why the first of these failed
 */

const MOST_ATTEMPTS = 3;
const SECOND = 1_000;
const LONGEST_WAIT = 10;

/** What is done with many pictures, one request after the other. While the service takes none, it waits and goes on. */
export class Work extends Store {
    done = 0;
    total = 0;
    /** Until when it waits, in milliseconds; 0 if it does not. */
    waitsUntil = 0;
    isRunning = false;
    #control = new AbortController();

    /** @param {(milliseconds: number, signal: AbortSignal) => Promise<void>} [pause] */
    constructor(pause = wait) {
        super();
        this.pause = pause;
    }

    /** Does no more than what is under way. */
    stop() {
        this.#control.abort();
    }

    /** @param {Step[]} steps @returns {Promise<Outcome>} */
    async run(steps) {
        /** @type {Outcome} */
        const outcome = { done: [], gone: [], failed: [], error: null };
        this.#control = new AbortController();
        Object.assign(this, { isRunning: true, done: 0, total: steps.reduce((sum, { ids }) => sum + ids.length, 0) });
        this.changed();
        for (const step of steps) {
            if (this.#control.signal.aborted || isFinal(outcome.error)) {
                outcome.failed.push(...step.ids);
            } else {
                await this.#take(step, outcome);
                this.done += step.ids.length;
                this.changed();
            }
        }
        this.isRunning = false;
        this.changed();
        return outcome;
    }

    /** @param {Step} step @param {Outcome} outcome */
    async #take({ ids, run }, outcome) {
        try {
            const gone = await this.#insist((signal) => run(ids, signal));
            outcome.gone.push(...gone);
            outcome.done.push(...ids.filter((id) => !gone.includes(id)));
        } catch (error) {
            const why = /** @type {ApiError} */ (error);
            if (why.code === 'image_not_found') {
                outcome.gone.push(...ids);
            } else if (why.code === 'too_many_tags' && ids.length > 1) {
                // the service changes all of them or none, but only one has too many
                for (const some of chunks(ids, Math.ceil(ids.length / 2))) {
                    await this.#take({ ids: some, run }, outcome);
                }
            } else {
                outcome.failed.push(...ids);
                outcome.error ??= this.#control.signal.aborted ? null : why;
            }
        }
    }

    /** @param {(signal: AbortSignal) => Promise<number[]>} run */
    async #insist(run) {
        const { signal } = this.#control;
        for (let attempt = 1; ; attempt++) {
            try {
                return await run(signal);
            } catch (error) {
                const { status, retryAfter, isTemporary } = /** @type {ApiError} */ (error);
                const isFull = status === 429 || status === 503;
                if (signal.aborted || !isTemporary || status === 507 || (!isFull && attempt >= MOST_ATTEMPTS)) {
                    throw error;
                }
                await this.#wait(isFull ? retryAfter || LONGEST_WAIT : attempt);
            }
        }
    }

    /** @param {number} seconds */
    async #wait(seconds) {
        this.waitsUntil = Date.now() + seconds * SECOND;
        this.changed();
        await this.pause(seconds * SECOND, this.#control.signal);
        this.waitsUntil = 0;
        this.changed();
    }
}

/** Whether what comes next fails as well: it is not about a single picture. @param {ApiError | null} error */
function isFinal(error) {
    return error !== null && ([0, 401, 403].includes(error.status) || error.code === 'album_not_found'
        || error.code === 'public_store');
}

/** @param {number} milliseconds @param {AbortSignal} signal ends it sooner @returns {Promise<void>} */
function wait(milliseconds, signal) {
    return new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        signal.addEventListener('abort', () => {
            clearTimeout(timer);
            resolve();
        });
    });
}

/** @template T @param {T[]} all @param {number} most @returns {T[][]} */
export function chunks(all, most) {
    return Array.from({ length: Math.ceil(all.length / most) }, (_, index) =>
        all.slice(index * most, (index + 1) * most));
}
