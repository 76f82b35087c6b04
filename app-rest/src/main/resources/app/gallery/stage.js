import { fitting, nextZoom, sourceFor } from './zoom.js';

/** @import { Picture } from '../api/types.js' */

/** How far a finger has to move to turn the page, in pixels. */
const SWIPE = 60;

/** What a picture is shown on: how large it is there, and what a mouse and fingers do with it. */
export class Stage {
    /** 0 if the picture fits the window; otherwise how many pixels one of its own takes. */
    zoom = 0;
    #needsOriginal = false;
    /** @type {HTMLElement | null} */
    #element = null;
    #pressedAt = { x: 0, y: 0, left: 0, top: 0, isDown: false };
    #observer = new ResizeObserver(() => this.actions.draw());

    /** @param {{ draw: () => void, turn: (step: 1 | -1) => void }} actions */
    constructor(actions) {
        this.actions = actions;
    }

    /** @param {HTMLElement} element */
    enter(element) {
        this.#element = element;
        this.#observer.observe(element);
    }

    leave() {
        this.#element = null;
        this.#observer.disconnect();
    }

    /** Another picture comes. */
    clear() {
        this.zoom = 0;
        this.#needsOriginal = false;
    }

    /** How many pixels one of the picture's takes. @param {Picture} picture */
    scale(picture) {
        return this.zoom || fitting(picture, this.#box());
    }

    /** What stands behind the address of the picture. @param {Picture} picture */
    source(picture) {
        return this.#needsOriginal ? '' : sourceFor(picture, this.zoom, this.#box());
    }

    /** Nothing but the original can be shown. */
    insist() {
        this.#needsOriginal = true;
        this.actions.draw();
    }

    #box() {
        const width = (this.#element?.clientWidth || innerWidth) * devicePixelRatio;
        return { width, height: (this.#element?.clientHeight || innerHeight) * devicePixelRatio };
    }

    /** @param {Picture} picture @param {1 | -1} direction */
    step(picture, direction) {
        this.zoomTo(nextZoom(this.zoom, fitting(picture, this.#box()), direction));
    }

    /** What was in the middle stays there. @param {number} zoom */
    zoomTo(zoom) {
        const stage = this.#element;
        const before = stage && {
            x: (stage.scrollLeft + stage.clientWidth / 2) / stage.scrollWidth,
            y: (stage.scrollTop + stage.clientHeight / 2) / stage.scrollHeight,
        };
        this.zoom = zoom;
        this.actions.draw();
        if (stage && before) {
            stage.scrollTo({
                left: before.x * stage.scrollWidth - stage.clientWidth / 2,
                top: before.y * stage.scrollHeight - stage.clientHeight / 2,
                behavior: 'instant',
            });
        }
    }

    /** @param {WheelEvent} event @param {Picture | null} picture */
    onWheel(event, picture) {
        if (event.ctrlKey || !this.zoom) {
            event.preventDefault();
            if (event.deltaY !== 0 && picture) {
                this.step(picture, event.deltaY < 0 ? 1 : -1);
            }
        }
    }

    onPress = (/** @type {PointerEvent} */ event) => {
        const stage = /** @type {HTMLElement} */ (event.currentTarget);
        const { scrollLeft: left, scrollTop: top } = stage;
        this.#pressedAt = { x: event.clientX, y: event.clientY, left, top, isDown: true };
    };

    /** A mouse pulls the picture; fingers scroll it by themselves. */
    onMove = (/** @type {PointerEvent} */ event) => {
        const { x, y, left, top, isDown } = this.#pressedAt;
        if (isDown && this.zoom && event.pointerType === 'mouse') {
            const stage = /** @type {HTMLElement} */ (event.currentTarget);
            stage.scrollTo({ left: left + x - event.clientX, top: top + y - event.clientY, behavior: 'instant' });
        }
    };

    onRelease = (/** @type {PointerEvent} */ event) => {
        const { x, y, isDown } = this.#pressedAt;
        this.#pressedAt.isDown = false;
        const far = event.clientX - x;
        if (isDown && !this.zoom && event.pointerType === 'touch' && Math.abs(far) > SWIPE
            && Math.abs(far) > 2 * Math.abs(event.clientY - y)) {
            this.actions.turn(far < 0 ? 1 : -1);
        }
    };
}
