package io.github.imagehost.core.model;

/**
 * What became of an upload.
 *
 * @param image the image that shows these bytes now
 * @param duplicate whether the owner had it already; the image is the one of the first upload then
 */
public record Upload(Image image, boolean duplicate) {}
