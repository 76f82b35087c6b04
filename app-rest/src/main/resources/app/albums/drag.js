/** @import { Picture } from '../api/types.js' */

/** How far a mouse has to move to mean it, and how near the edge the page scrolls, in pixels. */
const FAR = 6;
const EDGE = 96;
const SPEED = 14;
/** How far beside a tile it is shown where others come, in pixels. */
const BESIDE = 4;

/**
 * Lets a mouse or a pen pull tiles to other places. Fingers scroll, and have buttons for the same.
 *
 * @param {HTMLElement} gallery
 * @param {{
 *     isPossible: () => boolean,
 *     pulled: (place: number) => Picture[],
 *     drop: (pictures: Picture[], place: number) => void,
 * }} actions places are those of tiles, as they are shown; `pulled` what goes along, and `drop` in front of which
 */
export function letTilesBePulled(gallery, { isPossible, pulled, drop }) {
    /** @type {{ x: number, y: number, tile: HTMLElement, pictures: Picture[] } | null} */
    let pull = null;
    let goal = -1;
    let point = { x: 0, y: 0 };
    let frame = 0;
    const mark = document.createElement('div');
    mark.className = 'drop-mark';

    const end = (/** @type {boolean} */ isDropped) => {
        const { pictures } = pull ?? { pictures: [] };
        const place = goal;
        pull?.tile.classList.remove('pulled');
        pull = null;
        goal = -1;
        cancelAnimationFrame(frame);
        mark.remove();
        document.documentElement.classList.remove('pulling');
        removeEventListener('pointermove', onMove);
        removeEventListener('pointerup', onUp);
        removeEventListener('pointercancel', onCancel);
        removeEventListener('keydown', onKey, true);
        if (isDropped && pictures.length > 0 && place >= 0) {
            drop(pictures, place);
        }
    };
    const begin = () => {
        if (!pull) {
            return;
        }
        pull.pictures = pulled(Number(pull.tile.dataset.place));
        pull.tile.classList.add('pulled');
        document.documentElement.classList.add('pulling');
        gallery.querySelector('.wall')?.append(mark);
        scrollAtEdges();
    };
    /** The mouse has moved, or the page below it. */
    const aim = () => {
        const tile = tileAt(gallery, point);
        if (tile) {
            const box = tile.getBoundingClientRect();
            const isAfter = point.x > box.left + box.width / 2;
            goal = Number(tile.dataset.place) + Number(isAfter);
            const row = /** @type {HTMLElement} */ (tile.parentElement);
            mark.style.top = row.style.top;
            mark.style.height = row.style.height;
            mark.style.left = `${isAfter ? tile.offsetLeft + tile.offsetWidth + BESIDE : tile.offsetLeft - BESIDE}px`;
        }
    };
    const scrollAtEdges = () => {
        const speed = point.y < EDGE ? -SPEED : point.y > innerHeight - EDGE ? SPEED : 0;
        if (speed !== 0) {
            scrollBy({ top: speed, behavior: 'instant' });
            aim();
        }
        frame = requestAnimationFrame(scrollAtEdges);
    };
    const onMove = (/** @type {PointerEvent} */ event) => {
        point = { x: event.clientX, y: event.clientY };
        if (pull && pull.pictures.length === 0 && Math.hypot(point.x - pull.x, point.y - pull.y) > FAR) {
            begin();
        }
        if (pull && pull.pictures.length > 0) {
            aim();
        }
    };
    const onUp = () => {
        if (pull && pull.pictures.length > 0) {
            // the click that follows is only the end of it
            addEventListener('click', swallow, { capture: true, once: true });
            setTimeout(() => removeEventListener('click', swallow, true));
        }
        end(true);
    };
    const onCancel = () => end(false);
    const onKey = (/** @type {KeyboardEvent} */ event) => {
        if (event.key === 'Escape') {
            event.stopPropagation();
            end(false);
        }
    };
    gallery.addEventListener('pointerdown', (event) => {
        const target = /** @type {Element} */ (event.target);
        const tile = /** @type {HTMLElement | null} */ (target.closest('[data-place]'));
        if (tile && event.button === 0 && event.pointerType !== 'touch' && isPossible() && !target.closest('[data-act]')) {
            pull = { x: event.clientX, y: event.clientY, tile, pictures: [] };
            addEventListener('pointermove', onMove);
            addEventListener('pointerup', onUp);
            addEventListener('pointercancel', onCancel);
            addEventListener('keydown', onKey, true);
        }
    });
}

/** @param {Event} event */
function swallow(event) {
    event.preventDefault();
    event.stopPropagation();
}

/** The tile there, or the last one of a row that ends before. @param {HTMLElement} gallery @param {{ x: number, y: number }} point */
function tileAt(gallery, { x, y }) {
    const rows = [...gallery.querySelectorAll('.row')].filter((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return top <= y && y <= bottom;
    });
    const tiles = /** @type {HTMLElement[]} */ (rows.flatMap((row) => [...row.querySelectorAll('.tile')]));
    return tiles.find((tile) => tile.getBoundingClientRect().right >= x) ?? tiles.at(-1);
}
