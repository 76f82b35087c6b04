package io.github.imagehost.core.testing;

/** How far a blob of the {@link InMemoryMetadataRepository} is. */
public enum BlobState {
    RESERVED,
    STORED,
    CONDEMNED
}
