import { Store } from '../base/store.js';

/** @import { Item } from './item.js' */

const SIDE = 96;
/** Of these only the first rows are seen without scrolling. */
const MOST = 60;
const LARGEST_BYTES = 30 * 1024 * 1024;

/** Small pictures of files that are on their way, drawn one after the other. */
export class Previews extends Store {
    /** @type {Map<number, HTMLCanvasElement>} */
    #drawn = new Map();
    /** @type {Item[]} */
    #waiting = [];
    /** @type {Set<number>} */
    #asked = new Set();
    #isDrawing = false;

    /** The preview of a file; undefined as long as there is none. @param {Item} item */
    of(item) {
        if (!this.#asked.has(item.key) && this.#asked.size < MOST && item.file && item.size < LARGEST_BYTES) {
            this.#asked.add(item.key);
            this.#waiting.push(item);
            void this.#draw();
        }
        return this.#drawn.get(item.key);
    }

    /** Forgets all but these. @param {Item[]} items */
    keep(items) {
        const keys = new Set(items.map(({ key }) => key));
        [...this.#asked].filter((key) => !keys.has(key)).forEach((key) => {
            this.#asked.delete(key);
            this.#drawn.delete(key);
        });
    }

    async #draw() {
        if (this.#isDrawing) {
            return;
        }
        this.#isDrawing = true;
        for (let item = this.#waiting.shift(); item; item = this.#waiting.shift()) {
            if (item.file && item.state !== 'done') {
                const canvas = await preview(item.file);
                if (canvas) {
                    this.#drawn.set(item.key, canvas);
                    this.changed();
                }
            }
        }
        this.#isDrawing = false;
    }
}

/** The middle of a picture; null if it is none. @param {Blob} file */
async function preview(file) {
    try {
        const bitmap = await createImageBitmap(file);
        const side = Math.min(bitmap.width, bitmap.height);
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = SIDE;
        canvas.getContext('2d')?.drawImage(bitmap, (bitmap.width - side) / 2, (bitmap.height - side) / 2, side, side,
            0, 0, SIDE, SIDE);
        bitmap.close();
        return canvas;
    } catch {
        return null;
    }
}
