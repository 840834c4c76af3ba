/**
 * What may become the next revision: check, plan, encrypt, commit. Imports model.check, model.wire,
 * keep.
 */
@NullMarked
package dev.wick.store.admit;

import org.jspecify.annotations.NullMarked;
