/** Which rule a request would meet, and why. Imports matching, slice, model.wire. */
@NullMarked
package dev.wick.store.explain;

import org.jspecify.annotations.NullMarked;
