/**
 * One row of pictures that fills the width, such as photographs on a wall.
 *
 * @typedef {object} Row
 * @property {number} first the place of its first picture among all
 * @property {number} top in pixels
 * @property {number} height in pixels
 * @property {number[]} widths in pixels
 */

/** A panorama, or a column of text, would leave no room for others. */
const NARROWEST = 0.55;
const WIDEST = 2.4;

/** What a picture takes of its row, as width by height. @param {{ width: number, height: number }} picture */
function shape({ width, height }) {
    return Math.min(WIDEST, Math.max(NARROWEST, width / height || 1));
}

/**
 * Puts pictures into rows of about this height. Only the last row may be shorter than the width.
 *
 * @param {{ width: number, height: number }[]} pictures
 * @param {{ width: number, height: number, gap: number }} box in pixels
 * @returns {{ rows: Row[], height: number }}
 */
export function layOut(pictures, { width, height, gap }) {
    /** @type {Row[]} */
    const rows = [];
    let top = 0;
    let first = 0;
    let shapes = [];
    let sum = 0;
    for (const [place, picture] of pictures.entries()) {
        const one = shape(picture);
        shapes.push(one);
        sum += one;
        const isLast = place === pictures.length - 1;
        const full = (width - gap * (shapes.length - 1)) / sum;
        if (full <= height || isLast) {
            const actual = Math.round(Math.min(full, height * 1.25));
            rows.push({ first, top, height: actual, widths: widths(shapes, actual, full <= height ? width : 0, gap) });
            top += actual + gap;
            first = place + 1;
            shapes = [];
            sum = 0;
        }
    }
    return { rows, height: Math.max(0, top - gap) };
}

/** Whole pixels which, with the gaps, add up to the width if there is one. @param {number[]} shapes @param {number} height @param {number} width @param {number} gap */
function widths(shapes, height, width, gap) {
    const all = shapes.map((one) => Math.round(one * height));
    if (width > 0) {
        const rest = width - gap * (all.length - 1) - all.reduce((sum, one) => sum + one, 0);
        all[all.length - 1] += Math.round(rest);
    }
    return all;
}

/**
 * The rows of which something lies between two heights.
 *
 * @param {Row[]} rows
 * @param {number} from in pixels
 * @param {number} to in pixels
 */
export function rowsBetween(rows, from, to) {
    const start = Math.max(0, rowAfter(rows, from) - 1);
    let end = start;
    while (end < rows.length && rows[end].top < to) {
        end++;
    }
    return rows.slice(start, end);
}

/** How many rows begin above this. @param {Row[]} rows @param {number} top */
function rowAfter(rows, top) {
    let low = 0;
    let high = rows.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (rows[middle].top <= top) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/** The row in which the picture of this place is. @param {Row[]} rows @param {number} place */
export function rowOf(rows, place) {
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (rows[middle].first <= place) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

/**
 * The place of the picture above or below another.
 *
 * @param {Row[]} rows
 * @param {number} place
 * @param {1 | -1} step
 * @param {number} gap in pixels
 */
export function placeBeside(rows, place, step, gap) {
    const here = rowOf(rows, place);
    const row = rows[here + step];
    if (!row) {
        return place;
    }
    const middle = middleOf(rows[here], place - rows[here].first, gap);
    const middles = row.widths.map((_, index) => Math.abs(middleOf(row, index, gap) - middle));
    return row.first + middles.indexOf(Math.min(...middles));
}

/** @param {Row} row @param {number} index @param {number} gap */
function middleOf(row, index, gap) {
    return row.widths.slice(0, index).reduce((sum, width) => sum + width + gap, 0) + row.widths[index] / 2;
}

/**
 * Where a key leads from a picture.
 *
 * @param {Row[]} rows
 * @param {{ place: number, key: string, gap: number, view: number }} from the gap and the height of the window in pixels
 * @returns {number | null} a place; null if the key leads nowhere
 */
export function goal(rows, { place, key, gap, view }) {
    const last = rows.reduce((sum, { widths }) => sum + widths.length, 0) - 1;
    const rowsInView = Math.max(1, Math.floor(view / ((rows[0]?.height ?? 1) + gap)) - 1);
    switch (key) {
        case 'ArrowLeft': return Math.max(0, place - 1);
        case 'ArrowRight': return Math.min(last, place + 1);
        case 'ArrowUp': return placeBeside(rows, place, -1, gap);
        case 'ArrowDown': return placeBeside(rows, place, 1, gap);
        case 'PageUp': return far(rows, place, -rowsInView, gap);
        case 'PageDown': return far(rows, place, rowsInView, gap);
        case 'Home': return 0;
        case 'End': return last;
        default: return null;
    }
}

/** @param {Row[]} rows @param {number} place @param {number} steps @param {number} gap */
function far(rows, place, steps, gap) {
    let there = place;
    for (let step = 0; step < Math.abs(steps); step++) {
        there = placeBeside(rows, there, steps < 0 ? -1 : 1, gap);
    }
    return there;
}
