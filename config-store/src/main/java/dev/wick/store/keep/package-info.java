/**
 * What keeps the revisions: the ports {@code Log}, {@code Bundles} and {@code Blocks}, the views,
 * and the commit that joins them. Imports revision.
 */
@NullMarked
package dev.wick.store.keep;

import org.jspecify.annotations.NullMarked;
