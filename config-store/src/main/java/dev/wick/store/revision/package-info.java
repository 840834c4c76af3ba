/**
 * Revisions, preconditions and the outcomes of a commit: pure values. Imports nothing of Wick but
 * the model.
 */
@NullMarked
package dev.wick.store.revision;

import org.jspecify.annotations.NullMarked;
