package io.github.imagehost.core.model;

/**
 * What was derived from a blob, such as a thumbnail, and lies in the store beside it.
 *
 * @param objectKey where its bytes lie
 * @param type the format
 * @param digest the SHA-256 of its bytes
 * @param size the number of its bytes, at least 1
 */
public record Variant(ObjectKey objectKey, ImageType type, Digest digest, long size) {}
