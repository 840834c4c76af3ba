/**
 * The listener set and slices: what an instance draws, put together at one revision when it is
 * read. Imports keep.
 */
@NullMarked
package dev.wick.store.slice;

import org.jspecify.annotations.NullMarked;
