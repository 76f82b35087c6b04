import { Store } from '../base/store.js';

/** @import { Picture } from '../api/types.js' */

/** Which pictures somebody has selected. They stay selected while others come and go. */
export class Selection extends Store {
    /** @type {Map<number, Picture>} */
    #selected = new Map();
    /** @type {number | null} where a range begins */
    #anchor = null;

    /** Whether somebody has said that what he points at is to be selected. */
    isAsked = false;

    /** Whether what somebody points at is selected, and not opened. */
    get isSelecting() {
        return this.isAsked || this.count > 0;
    }

    /** @param {boolean} isAsked */
    ask(isAsked) {
        this.isAsked = isAsked;
        this.changed();
    }

    get count() {
        return this.#selected.size;
    }

    /** @param {number} id */
    has(id) {
        return this.#selected.has(id);
    }

    /** Those selected, in the order in which they are shown; those not shown any more come last. @param {Picture[]} shown @returns {Picture[]} */
    among(shown) {
        const visible = shown.filter(({ id }) => this.#selected.has(id));
        const ids = new Set(visible.map(({ id }) => id));
        return [...visible, ...[...this.#selected.values()].filter(({ id }) => !ids.has(id))];
    }

    /** @param {Picture} picture */
    toggle(picture) {
        if (!this.#selected.delete(picture.id)) {
            this.#selected.set(picture.id, picture);
        }
        this.#anchor = picture.id;
        this.changed();
    }

    /** Selects all from where the last one was selected to this one. @param {Picture[]} shown @param {Picture} picture */
    extend(shown, picture) {
        const to = shown.indexOf(picture);
        const anchor = shown.findIndex(({ id }) => id === this.#anchor);
        const from = anchor < 0 ? to : anchor;
        shown.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((one) => this.#selected.set(one.id, one));
        this.#anchor ??= picture.id;
        this.changed();
    }

    /** Where a range begins that may be selected next. @param {Picture} picture @param {boolean} isAnew whatever was meant before */
    startAt(picture, isAnew) {
        this.#anchor = isAnew ? picture.id : this.#anchor ?? picture.id;
    }

    /** @param {Picture[]} pictures */
    selectAll(pictures) {
        pictures.forEach((picture) => this.#selected.set(picture.id, picture));
        this.changed();
    }

    /** @param {number[]} [ids] all of them if it is not said */
    clear(ids) {
        (ids ?? [...this.#selected.keys()]).forEach((id) => this.#selected.delete(id));
        if (this.count === 0) {
            this.#anchor = null;
            this.isAsked = false;
        }
        this.changed();
    }
}
