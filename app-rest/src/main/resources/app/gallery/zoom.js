/** @typedef {{ width: number, height: number }} Size in pixels of the screen */

/** What the service renders for everybody, unless it is set up otherwise. */
const SIDES = [640, 1280, 1920];
const STEPS = [0.125, 0.25, 0.5, 1, 2, 4];

/** How many pixels of the screen one of the picture's takes when it fits; never more than one. @param {Size} picture @param {Size} box */
export function fitting(picture, box) {
    return Math.min(1, box.width / picture.width, box.height / picture.height);
}

/**
 * The next larger or smaller zoom.
 *
 * @param {number} zoom 0 if the picture fits
 * @param {number} fit the zoom at which it does
 * @param {1 | -1} direction
 * @returns {number} 0 if it fits then
 */
export function nextZoom(zoom, fit, direction) {
    const now = zoom || fit;
    const steps = STEPS.filter((step) => step > fit);
    if (direction > 0) {
        return steps.find((step) => step > now) ?? zoom;
    }
    return steps.findLast((step) => step < now) ?? 0;
}

/**
 * Which variant of a picture is sharp enough.
 *
 * @param {Size & { mimeType: string }} picture
 * @param {number} zoom 0 if it fits
 * @param {Size} box what it fits into
 * @returns {string} what stands behind its address; empty for the original, which alone moves
 */
export function sourceFor(picture, zoom, box) {
    if (zoom || picture.mimeType === 'image/gif') {
        return '';
    }
    const longer = Math.max(picture.width, picture.height) * fitting(picture, box);
    const side = SIDES.find((one) => one >= longer * 0.9) ?? 1920;
    return side < Math.max(picture.width, picture.height) ? `?w=${side}&h=${side}` : '';
}
