package io.github.imagehost.core.port.album;

import io.github.imagehost.core.model.query.ImageFilter;
import io.github.imagehost.core.port.repository.ImageCatalog;
import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.port.repository.failure.CommitStateUnknownException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;

/**
 * Remembers the albums and tags of owners, over the images of a {@link MetadataRepository}. Neither touches blobs. An
 * image that is removed there, for whatever reason, is out of all albums and has no tags in the same step; and
 * {@link ImageCatalog#list} of that repository knows which images are in an {@linkplain ImageFilter#album album} and
 * have a {@linkplain ImageFilter#tag tag}.
 *
 * <p>Every operation is atomic, and conflicts between operations are retried inside. What is another owner's is as if
 * it were not there. An album whose end has come counts as deleted. Times are the repository's own clock's, with
 * milliseconds. Safe for use by many threads and many processes at once.
 *
 * <p>Every method throws {@link RepositoryUnavailableException} when the repository does not answer, and every method
 * that changes something {@link CommitStateUnknownException} when nobody can tell whether it did.
 */
public interface AlbumRepository extends AlbumLedger, AlbumContents, TagLedger {}
