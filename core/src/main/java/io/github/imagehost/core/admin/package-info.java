/**
 * What an administrator does with an image host: check, count, export, restore, move and adopt.
 *
 * <p>No parameter, field or result of this package is ever null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.github.imagehost.core.admin;

import org.jspecify.annotations.NullMarked;
