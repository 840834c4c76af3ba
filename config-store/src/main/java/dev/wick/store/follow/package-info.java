/**
 * The stream of revisions for readers, and the same filtered by what an instance holds. Imports
 * keep, slice, revision.
 */
@NullMarked
package dev.wick.store.follow;

import org.jspecify.annotations.NullMarked;
