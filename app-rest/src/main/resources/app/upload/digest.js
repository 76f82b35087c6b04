/** A larger file takes longer to hash than it is worth, and needs as much memory. */
const LARGEST = 64 * 1024 * 1024;

/** Whether files can be hashed here. Browsers let only pages do that which were loaded with TLS, or from this machine. */
export function canHash() {
    return globalThis.crypto?.subtle !== undefined;
}

/**
 * The SHA-256 of a file.
 *
 * @param {Blob} file
 * @returns {Promise<{ hex: string, base64: string } | null>} null if it is too large, or can't be hashed here
 * @throws {DOMException} if the file can't be read
 */
export async function digestOf(file) {
    if (!canHash() || file.size > LARGEST) {
        return null;
    }
    const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    return {
        hex: Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
        base64: btoa(String.fromCharCode(...bytes)),
    };
}
