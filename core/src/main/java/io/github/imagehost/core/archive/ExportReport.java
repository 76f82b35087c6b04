package io.github.imagehost.core.archive;

/**
 * What {@link ImageExport} has written.
 *
 * @param stopped whether it was asked to stop; then nothing was written
 * @param images how many images
 * @param names how many further names of images
 * @param objects how many objects are in the list of digests
 * @param owners how many owners
 * @param albums how many albums
 */
public record ExportReport(boolean stopped, long images, long names, long objects, long owners, long albums) {}
